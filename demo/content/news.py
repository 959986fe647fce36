"""Loads the news of the demo. Safe to repeat; a page that exists is left as the editor last saved it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from core.models import ResponsibleUnit, Topic
from demo.content.news_items import ALL_FOUR, CATEGORIES, ITEMS, TOPICS, Item
from demo.documents.make import document
from demo.pictures import picture
from geography.models import Province
from news.models import NewsAttachment, NewsCategory, NewsIndexPage, NewsPage

AGENDA = {
    "title": "กำหนดการประชุมรับฟังเรื่องบึงสามแพรก",
    "kind": "เอกสารประกอบการประชุม",
    "office": "สำนักงานบริหารยุทธศาสตร์กลุ่มจังหวัดภาคเหนือตอนล่าง 2",
    "date": "เสาร์ที่ 28 พฤศจิกายน 2569",
    "parts": [
        {
            "text": [
                "ประชุมที่ศาลาประชาคม หมู่ 4 ตำบลเกยไชย อำเภอชุมแสง จังหวัดนครสวรรค์ มีเจ้าหน้าที่จดความเห็นและอ่านทวนก่อนบันทึก"
            ],
            "table": {
                "caption": "กำหนดการ",
                "head": ["เวลา", "เรื่อง", "ใครดูแล"],
                "widths": [1, 3, 2],
                "rows": [
                    ["09.00 น.", "ลงทะเบียน ดูแผนที่ผืนใหญ่ทีละหมู่", "ผู้ใหญ่บ้าน"],
                    ["09.30 น.", "เล่าร่างโครงการใน 20 นาที", "โครงการชลประทาน"],
                    ["10.00 น.", "ถามช่างเป็นกลุ่มย่อย 4 กลุ่ม", "ช่างและเจ้าหน้าที่"],
                    ["11.15 น.", "แต่ละกลุ่มเล่าความเห็น อ่านทวน", "ผู้จดรายงาน"],
                    ["11.50 น.", "บอกว่าจะประกาศผลเมื่อใด แจกใบรับ", "สำนักงานฯ"],
                ],
            },
        }
    ],
}


def load() -> None:
    index = NewsIndexPage.objects.get(locale__language_code="th")
    english_index = index.get_translations().get().specific
    categories = {
        slug: NewsCategory.objects.get_or_create(slug=slug, defaults={"name": name, "name_en": name_en})[0]
        for slug, name, name_en in CATEGORIES
    }
    for item in ITEMS:
        page = NewsPage.objects.child_of(index).filter(slug=item.slug).first()
        if page is None:
            page = add_item(index, item, categories[item.category])
        if item.english and not page.get_translations().exists():
            add_english(english_index, page, item)


@transaction.atomic
def add_item(index: NewsIndexPage, item: Item, category: NewsCategory) -> NewsPage:
    page = NewsPage(
        title=item.title, slug=item.slug, kind=item.kind, category=category, summary=item.summary,
        published_on=dt.date.fromisoformat(item.day), body=item.body, **event_fields(item),
    )  # fmt: skip
    if item.picture:
        page.listing_image = picture(item.picture[0], item.title, item.picture[1])
    index.add_child(instance=page)
    page.provinces = provinces(item.provinces)
    page.topics.add(*topics(item.topics))
    page.responsible_units = [unit(item.unit)]
    if item.slug == "choen-prachum-bueng-sam-phraek":
        page.attachments.add(NewsAttachment(document=document("agenda-bueng", AGENDA["title"], AGENDA)))
    publish(page, page.published_on)
    return page


@transaction.atomic
def add_english(index: NewsIndexPage, source: NewsPage, item: Item) -> None:
    title, summary, body = item.english
    page = source.copy_for_translation(index.locale)
    page.title, page.draft_title, page.summary, page.body = title, title, summary, body
    if item.event:
        page.event_place = "Village hall, Moo 4, Koei Chai, Chum Saeng District"
        page.event_travel = "Bus from Wat Khok Mo at 08:45 and from Tha Mai local government office at 09:00"
    publish(page, source.published_on)


def publish(page: Any, day: dt.date, hour: int = 9) -> None:
    """Publishes the page as if it had been done on ``day``: the story has its own calendar."""
    page.save_revision().publish()
    moment = timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
    Page.objects.filter(pk=page.pk).update(first_published_at=moment, last_published_at=moment)


def event_fields(item: Item) -> dict[str, Any]:
    event = item.event
    if not event:
        return {}
    return {
        "event_starts_at": timezone.make_aware(dt.datetime.fromisoformat(event["starts"])),
        "event_ends_at": timezone.make_aware(dt.datetime.fromisoformat(event["ends"])),
        "event_place": event["place"],
        "event_travel": event.get("travel", ""),
    }


def provinces(codes: tuple[str, ...]) -> list[Province]:
    """None for all four: a page without provinces is about the whole cluster."""
    return [] if codes == ALL_FOUR else list(Province.objects.filter(code__in=codes))


def topics(names: tuple[str, ...]) -> list[Topic]:
    return [Topic.objects.get_or_create(name=name, defaults={"name_en": TOPICS[name]})[0] for name in names]


UNITS = {
    "กลุ่มยุทธศาสตร์": "Strategy group",
    "กลุ่มติดตามและประเมินผล": "Monitoring and evaluation group",
    "ฝ่ายบริหารทั่วไป": "General administration section",
}


def unit(name: str) -> ResponsibleUnit:
    return ResponsibleUnit.objects.get_or_create(name=name, defaults={"name_en": UNITS[name]})[0]
