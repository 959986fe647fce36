"""The admin form: a draft needs a title, handing in needs five answers, publishing needs all of them."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from accounts.models import User
from core.text import clean_text
from geography.models import Cluster, SiteCluster
from knowledge.forms.pages import NEEDED_TO_PUBLISH
from knowledge.models import LessonPage
from tests.factories import knowledge as make

pytestmark = pytest.mark.django_db

STORY = {
    "title": "วาดผังน้ำเอง",
    "kind": "good_practice",
    "what_happened": "ประชุม 5 เดือนไม่จบ",
    "lesson": "คนรู้ทางน้ำ",
    "recommendation": "เริ่มด้วยผ้าใบเปล่า",
}
REVIEWED = {
    "summary": "สรุป",
    "problem_area": "development",
    "problem_subarea": "integration",
    "cause": "เพราะ",
    "context": "หมู่บ้านที่มีทางน้ำเดิม",
    "result_evidence": "ลดจาก 41 เหลือ 5",
    "evidence_level": "measured",
    "level": "local",
    "province": "66",
}


@pytest.fixture(autouse=True)
def our_cluster():
    """As every site has one: without it the editor offers 8,000 places, which takes seconds."""
    SiteCluster.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={"cluster": Cluster.objects.get(slug="north-lower-2")},
    )


@pytest.fixture
def staff(client):
    user = User.objects.create_superuser(email="staff@example.org", password="x")
    client.force_login(user)
    return client


def post(staff, sectors=(), strategy_issues=(), **fields):
    data = nested_form_data(
        {
            "slug": "",
            "visibility": "public",
            "review_by": "9/12/2571",
            "documents": inline_formset([]),
            "contributors": inline_formset([]),
            **STORY,
            **fields,
        }
    )
    data |= {"sectors_involved": list(sectors), "strategy_issues": list(strategy_issues)}
    address = reverse("wagtailadmin_pages:add", args=["knowledge", "lessonpage", make.library().pk])
    return staff.post(address, data)


def errors(response) -> dict:
    return response.context["form"].errors


def test_a_draft_needs_only_its_title(staff):
    response = post(staff, kind="", what_happened="", lesson="", recommendation="")
    assert response.status_code == 302
    assert LessonPage.objects.get().live is False


def test_publishing_names_each_field_that_is_missing(staff):
    response = post(staff, **{"action-publish": "1"})
    assert set(errors(response)) == {*NEEDED_TO_PUBLISH, "province"}


def test_publishing_needs_the_five_answers_too(staff):
    response = post(staff, **{"action-publish": "1", "lesson": ""})
    assert "lesson" in errors(response)


def test_a_complete_lesson_is_published_with_days_in_the_buddhist_era(staff):
    make.topic("water", "น้ำ")
    response = post(
        staff, **REVIEWED, topics="น้ำ", strategy_issues=[make.issue(1, "น้ำทั้งลุ่มน้ำ").pk], period_start="๑/๑/๒๕๖๙", sectors=["citizen", "local_gov"],
        **{"action-publish": "1"},
    )  # fmt: skip
    assert response.status_code == 302, errors(response)
    lesson = LessonPage.objects.get()
    assert lesson.live
    assert [issue.title for issue in lesson.strategy_issues.all()] == ["น้ำทั้งลุ่มน้ำ"]
    assert (lesson.period_start.year, lesson.sectors_involved) == (2026, ["citizen", "local_gov"])


def test_a_caution_cannot_be_published_before_somebody_took_out_the_names(staff):
    response = post(staff, kind="caution", **{"action-publish": "1"})
    assert "names_checked" in errors(response)
    response = post(staff, kind="caution", names_checked="on", **{"action-publish": "1"})
    assert "names_checked" not in errors(response)


def test_an_anonymous_lesson_needs_no_place(staff):
    response = post(staff, anonymise="on", **{"action-publish": "1"})
    assert "province" not in errors(response)


def test_a_long_title_is_refused_and_kept(staff):
    response = post(staff, title="ก" * 121)
    assert "title" in errors(response)
    assert "ก" * 121 in response.content.decode()


def test_words_are_cleaned_before_they_are_stored(staff):
    post(staff, title="น\u200bํ้า", what_happened="เเม่น้ำ")
    lesson = LessonPage.objects.get()
    assert (lesson.title, lesson.what_happened) == (clean_text("น\u200bํ้า"), "แม่น้ำ")


def test_the_list_of_lessons_opens(staff):
    make.lesson(title="ในรายการ", province_id="66")
    response = staff.get(reverse("lesson_listing:index"))
    assert response.status_code == 200
    assert "ในรายการ" in response.content.decode()
