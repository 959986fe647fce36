"""The search boxes of the admin find a word in the middle of a Thai title or text."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.search.models import IndexEntry

from accounts.roles import Role
from core.models import CustomImage, FileText
from home.models import FaqCategory, FaqEntry, StandardPage
from tests.factories.accounts import person
from tests.factories.hearings import HearingFactory
from tests.factories.news import file, news

pytestmark = pytest.mark.django_db

TITLE = "โครงการขุดลอกแก้มลิงบึงสามแพรก"


@pytest.fixture
def admin(client):
    client.force_login(person(Role.STRATEGY))  # whoever works here, not a superuser
    return client


def shown(admin, name: str, query: str, *args) -> str:
    response = admin.get(reverse(name, args=args), {"q": query})
    assert response.status_code == 200
    return response.content.decode().split("<main", 1)[-1]


@pytest.mark.parametrize("query", ["แก้มลิง", "บึงสามแพรก ขุดลอก", "น้ำ", "น\u0e4d\u0e49า", '"แก้มลิงบึง"'])
def test_pages_are_found_by_a_word_inside_title_or_summary(admin, home, query):
    home.add_child(instance=StandardPage(title=TITLE, summary="เก็บน้ำไว้ใช้หน้าแล้ง", slug="basin"))
    home.add_child(instance=StandardPage(title="ติดต่อเรา", slug="contact-us"))
    text = shown(admin, "wagtailadmin_pages:search", query)
    assert TITLE in text
    assert "ติดต่อเรา" not in text


def test_pages_of_every_type_are_found_by_their_summary(admin, now):
    news(title="ข่าวหนึ่ง", summary="ประชุมคณะทำงานลุ่มน้ำ")
    hearing = HearingFactory.draft(now, summary="สำรวจลุ่มน้ำยม")
    text = shown(admin, "wagtailadmin_pages:search", "ลุ่มน้ำ")
    assert "ข่าวหนึ่ง" in text
    assert hearing.title in text


def test_a_page_is_found_once_whatever_holds_the_word(admin, home):
    home.add_child(instance=StandardPage(title=TITLE, summary=TITLE, slug="basin"))
    assert shown(admin, "wagtailadmin_pages:search", "แก้มลิง").count("wagtail-userbar") == 0
    assert admin.get(reverse("wagtailadmin_pages:search"), {"q": "แก้มลิง"}).context["paginator"].count == 1


def test_images_and_documents_are_found_by_a_word_inside_their_title(admin):
    CustomImage.objects.create(title=TITLE, file="a.png", width=1, height=1)
    CustomImage.objects.create(title="ตลาดน้ำ", file="b.png", width=1, height=1)
    file(title=TITLE)
    file(title="ตลาดน้ำ")
    for name in ("wagtailimages:index", "wagtaildocs:index"):
        text = shown(admin, name, "แก้มลิง")
        assert TITLE in text
        assert "ตลาดน้ำ" not in text


def test_documents_are_found_by_the_words_that_search_read_in_them(admin):
    document = file(title="คำสั่งที่ 14")
    FileText.objects.create(document=document, source="1", text="แต่งตั้งคณะทำงานลุ่มน้ำยม")
    assert "คำสั่งที่ 14" in shown(admin, "wagtaildocs:index", "ลุ่มน้ำ")


def test_a_snippet_is_found_by_a_word_inside_question_or_answer(admin):
    category = FaqCategory.objects.create(name="ทั่วไป")
    FaqEntry.objects.create(question="ขอแบบกระดาษได้ที่ไหน", answer="ที่ทำการผู้ใหญ่บ้านทุกหมู่บ้าน", category=category)
    FaqEntry.objects.create(question="ส่งทางไลน์ได้ไหม", answer="ได้", category=category)
    for query in ("กระดาษ", "ผู้ใหญ่บ้าน"):
        text = shown(admin, "wagtailsnippets_home_faqentry:list", query)
        assert "ขอแบบกระดาษได้ที่ไหน" in text
        assert "ส่งทางไลน์ได้ไหม" not in text


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("แผน 2570", "๒๕๗๐"),
        ("แผน ๒๕๗๐", "2570"),
        ("ประชุม ก.บ.ก. ครั้งที่ 2", "กบก"),
        ("ประชุม กบก ครั้งที่ 2", "ก.บ.ก."),
    ],
)
def test_digits_and_abbreviations_are_found_however_they_are_written(admin, home, title, query):
    home.add_child(instance=StandardPage(title=title, slug="plan"))
    file(title=title)
    for name in ("wagtailadmin_pages:search", "wagtaildocs:index"):
        assert title in shown(admin, name, query)


@pytest.mark.parametrize("query", ['"', "%", "_", "\\", "' OR 1=1 --", "ก" * 3000, "\u200b", "((", "title:x"])
def test_no_sign_breaks_the_search_of_the_admin(admin, query):
    for name in ("wagtailadmin_pages:search", "wagtailimages:index", "wagtaildocs:index"):
        shown(admin, name, query)


def test_wagtails_own_index_stays_empty(home, committed):
    """Nobody reads it, and what it held of deleted pages stayed."""
    with committed():
        page = home.add_child(instance=StandardPage(title=TITLE, slug="basin"))
        page.save_revision().publish()
        file("plan.pdf")
    call_command("wagtail_update_index", verbosity=0)
    assert not IndexEntry.objects.exists()
