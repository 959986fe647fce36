"""The office's own pages: settings, home, about, help, policies, FAQ, links, agencies, a staff area.

Safe to repeat: what exists is left as an editor left it. English pages are translations under the same address.
"""

from __future__ import annotations

from django.contrib.auth.models import Group
from wagtail.models import Locale, Page, PageViewRestriction, Site

from accounts.roles import STAFF_ROLES
from core.models import ResponsibleUnit, SiteSettings
from demo.content.page_texts import Words
from demo.content.page_texts.about import ABOUT
from demo.content.page_texts.directory import AGENCIES, LINKS
from demo.content.page_texts.help import HELP
from demo.content.page_texts.policies import POLICIES
from demo.content.page_texts.questions import QUESTIONS
from demo.content.page_texts.words import WORDS
from demo.content.writing import h, p, ul
from demo.pictures import picture
from home.models import Agency, DirectoryLink, FaqCategory, FaqEntry, GlossaryWord, HomePage, StandardPage

UNITS = {
    "admin": ("ฝ่ายบริหารทั่วไป", "General administration"),
    "strategy": ("กลุ่มพัฒนายุทธศาสตร์", "Strategy development group"),
    "monitoring": ("กลุ่มติดตามและประเมินผล", "Monitoring and evaluation group"),
}
PHONE = "056 000 123"
OFFICE = {
    "office_name": "สำนักงานบริหารยุทธศาสตร์กลุ่มจังหวัดภาคเหนือตอนล่าง 2",
    "office_name_en": "Office of Strategy Management, Lower Northern Provincial Cluster 2",
    "address": "ศาลากลางจังหวัดนครสวรรค์ ชั้น 4\nถนนสวรรค์วิถี อำเภอเมืองนครสวรรค์\nจังหวัดนครสวรรค์ 60000",
    "address_en": "Nakhon Sawan Provincial Hall, 4th floor\nSawan Withi Road, Mueang Nakhon Sawan\nNakhon Sawan 60000, Thailand",
    "map_url": "https://www.openstreetmap.org/search?query=Nakhon%20Sawan%20Provincial%20Hall",
    "phone": PHONE,
    "fax": "056 000 124",
    "hotline": "1785",
    "hours": "วันราชการ 08.30–16.30 น.",
    "hours_en": "Working days 08:30–16:30",
    "email": "office@example.go.th",
    "line_url": "https://line.me/R/ti/p/@example",
    "facebook_url": "https://www.facebook.com/example",
    "dpo_contact": "เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล สำนักงานจังหวัดนครสวรรค์ โทร 056 000 123 อีเมล dpo@example.go.th",
}
HEADLINE = {
    "th": ("ช่วยกันคิด ก่อนรัฐตัดสินใจ", "อ่านเรื่องที่กำลังถาม บอกความเห็นใน 3 ขั้น ไม่ต้องสมัครสมาชิก จากนั้นกลับมาดูว่าความเห็นของท่านถูกนำไปใช้อย่างไร"),
    "en": ("Think along before the state decides", "Read what is being asked, say what you think in 3 steps without an account, and come back to see what was done with it."),
}  # fmt: skip
SUMMARY = {
    "th": "รับฟังความเห็นประชาชน ข่าว แผน และบทเรียนของกลุ่มจังหวัดภาคเหนือตอนล่าง 2",
    "en": "Public hearings, news, plans and lessons of the Lower Northern Provincial Cluster 2",
}
STAFF_AREA = Words(
    slug="staff",
    title="สำหรับเจ้าหน้าที่",
    summary="ร่าง รายงานภายใน และลิงก์ที่ใช้ประจำ เห็นเฉพาะเจ้าหน้าที่",
    body=[
        p("หน้านี้และหน้าย่อยทั้งหมดเปิดได้เฉพาะกลุ่มเจ้าหน้าที่ ไม่แสดงในผังเว็บไซต์ การค้นหา และรายการใด ๆ ของสาธารณะ"),
        h("ใช้ประจำ"),
        ul('<a href="/desk/">โต๊ะงาน</a>', '<a href="/desk/tickets/">เรื่องที่ประชาชนเขียนถึงเรา</a>', '<a href="/links/">ลิงก์สำหรับเจ้าหน้าที่</a>'),
    ],
)  # fmt: skip


def load() -> None:
    units = load_units()
    load_settings()
    home = load_home()
    for words in (ABOUT, HELP, POLICIES):
        page_with_children(home, words, units)
    load_staff_area(home, units)
    load_questions()
    load_words()
    load_directory()


def load_units() -> dict[str, ResponsibleUnit]:
    found = {}
    for code, (name, name_en) in UNITS.items():
        defaults = {"name_en": name_en, "phone": PHONE}
        found[code], _created = ResponsibleUnit.objects.get_or_create(name=name, defaults=defaults)
    return found


def load_settings() -> None:
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    if not settings.office_name:
        for field, value in OFFICE.items():
            setattr(settings, field, value)
        settings.save()


def load_home() -> HomePage:
    for page in HomePage.objects.select_related("locale"):
        language = page.locale.language_code
        if not page.headline:
            page.headline, page.lead = HEADLINE[language]
            page.summary = SUMMARY[language]
            publish(page)
    return Site.objects.get(is_default_site=True).root_page.specific


def publish(page: Page) -> None:
    """Through a revision, as an editor would."""
    page.save_revision().publish()


def page_with_children(parent: Page, words: Words, units: dict[str, ResponsibleUnit]) -> None:
    page = StandardPage.objects.child_of(parent).filter(slug=words.slug).first() or add_page(
        parent, words, units
    )
    if words.english:
        add_english(page, words.english)
    for child in words.children:
        page_with_children(page, child, units)


def add_page(parent: Page, words: Words, units: dict[str, ResponsibleUnit]) -> StandardPage:
    page = StandardPage(
        slug=words.slug, title=words.title, summary=words.summary, body=words.body, version=words.version
    )
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.responsible_units = [units[code] for code in words.units]
    if words.picture:
        name, kind = words.picture
        page.listing_image = picture(name, words.title, kind)
        page.body = [("figure", {"image": page.listing_image, "caption": ""}), *words.body]
        page.body[0].value["image"].contextual_alt_text = page.listing_image.description
    publish(page)
    return page


def add_english(page: StandardPage, words: Words) -> None:
    locale = Locale.objects.get(language_code="en")
    if page.has_translation(locale):
        return
    copy = page.copy_for_translation(locale, copy_parents=True)
    copy.slug, copy.title, copy.draft_title = words.slug, words.title, words.title
    copy.summary, copy.version, copy.body = words.summary, words.version, words.body
    publish(copy)


def load_staff_area(home: Page, units: dict[str, ResponsibleUnit]) -> None:
    """Closed by Wagtail's own page privacy, for the groups of staff (A032, docs/home.md)."""
    page_with_children(home, STAFF_AREA, units)
    page = StandardPage.objects.child_of(home).get(slug=STAFF_AREA.slug)
    restriction, created = PageViewRestriction.objects.get_or_create(
        page=page, defaults={"restriction_type": PageViewRestriction.GROUPS}
    )
    if created:
        restriction.groups.set(Group.objects.filter(name__in=STAFF_ROLES))


def load_questions() -> None:
    for order, ((name, name_en), entries) in enumerate(QUESTIONS.items(), start=1):
        category, created = FaqCategory.objects.get_or_create(
            name=name, defaults={"name_en": name_en, "order": order}
        )
        for number, (question, answer, question_en, answer_en) in enumerate(entries, start=1):
            FaqEntry.objects.get_or_create(
                question=question,
                defaults={
                    "category": category, "answer": answer, "question_en": question_en,
                    "answer_en": answer_en, "order": number, "is_published": True,
                },
            )  # fmt: skip


def load_words() -> None:
    for word, also, word_en, meaning, meaning_en in WORDS:
        GlossaryWord.objects.get_or_create(
            word=word,
            defaults={"also": also, "word_en": word_en, "meaning": meaning, "meaning_en": meaning_en},
        )


def load_directory() -> None:
    for order, (category, title, title_en, note, note_en, url) in enumerate(LINKS, start=1):
        DirectoryLink.objects.get_or_create(
            url=url,
            defaults={
                "category": category, "title": title, "title_en": title_en,
                "note": note, "note_en": note_en, "order": order,
            },
        )  # fmt: skip
    for kind, name, name_en, abbreviation, province, url in AGENCIES:
        Agency.objects.get_or_create(
            name=name,
            defaults={
                "kind": kind, "name_en": name_en, "abbreviation": abbreviation,
                "province_id": province or None, "url": url,
            },
        )  # fmt: skip
