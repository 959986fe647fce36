"""What the database itself refuses, what search, feeds and other pages get, and the language of a hearing."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.template import Context, Template
from django.utils import timezone, translation

from core import searchable
from core.feeds import source_for
from hearings.enums import PublishName
from hearings.models import Comment, DraftBlock, Hearing, HearingIndexPage, Submission
from hearings.models.submissions import initial
from hearings.services.cancel import cancel
from hearings.services.publish_draft_version import publish_draft_version
from tests.factories.hearings import HearingFactory, comment, day, office_head

pytestmark = pytest.mark.django_db


def refused(action) -> bool:
    try:
        with transaction.atomic():
            action()
    except IntegrityError:
        return True
    return False


def test_the_list_stands_in_both_languages_and_its_pages_belong_together():
    thai, english = HearingIndexPage.objects.order_by("path")
    assert (thai.url_path, english.url_path) == ("/home/hearings/", "/home-en/hearings/")
    assert thai.translation_key == english.translation_key
    for page in (thai, english):
        assert page.get_parent().get_children().filter(pk=page.pk).exists()
        assert page.get_parent().numchild == page.get_parent().get_children().count()


def test_the_database_keeps_one_current_comment_for_each_section_and_one_for_the_whole(now):
    hearing = HearingFactory.open(now)
    submission = comment(hearing, now).submission
    key = hearing.current_draft.blocks.first().key

    def another(**fields) -> None:
        Comment.objects.create(
            hearing=hearing, submission=submission, stance="agree", created_at=now, **fields
        )

    assert refused(another)
    another(block_key=key)
    assert refused(lambda: another(block_key=key))
    another(block_key=key, superseded_at=now)
    another(superseded_at=now)


def test_the_database_keeps_numbers_and_keys_unique(now):
    hearing = HearingFactory.open(now)
    first, second = (comment(hearing, now).submission for _ in range(2))
    for field in ("receipt_no", "idempotency_key"):
        copy = {field: getattr(first, field)}
        assert refused(lambda copy=copy: Submission.objects.filter(pk=second.pk).update(**copy))
    assert refused(lambda: first.versions.create(number=1, data={}, created_at=now))
    assert refused(lambda: hearing.draft_versions.create(number=1, published_at=now))


def test_the_database_refuses_a_hearing_that_closes_before_it_opens(now):
    hearing = HearingFactory.draft(now)
    assert refused(lambda: Hearing.objects.filter(pk=hearing.pk).update(closes_at=day(now, 1)))


def test_what_was_sent_protects_its_hearing_and_its_section(now):
    hearing = HearingFactory.open(now)
    comment(hearing, now, block=0)
    with pytest.raises(ProtectedError), transaction.atomic():
        Hearing.objects.get(pk=hearing.pk).delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        DraftBlock.objects.all().delete()


def test_a_hearing_speaks_english_where_it_has_english_words(now):
    hearing = HearingFactory.open(now, title_en="Retention basin", summary_en="")
    with translation.override("en"):
        assert hearing.display_title == "Retention basin"
        assert hearing.display_summary == hearing.summary
    assert hearing.display_title == hearing.title


@pytest.mark.parametrize(
    ("name", "letter"), [("เสาวนีย์", "ส"), ("ใจดี", "จ"), ("สมชาย", "ส"), ("Anna", "A"), ("(ไม่ระบุ)", "ม")]
)
def test_an_initial_is_a_consonant_never_a_leading_vowel(name, letter):
    assert initial(name) == letter


def test_a_name_made_of_signs_only_breaks_nothing():
    submission = Submission(publish_name=PublishName.INITIALS, name="- 123")
    assert submission.public_name == "-. 1."


# --- search ------------------------------------------------------------------------------------------------


def found(hearing: Hearing):
    return searchable.document_for(Hearing.objects.get(pk=hearing.pk))


def test_search_gets_the_words_of_a_hearing_and_never_those_of_people(now):
    hearing = HearingFactory.open(
        now,
        plain_summary=[("fact", {"question": "ใครได้", "answer": "ชาวนา 1,900 ครัวเรือน"})],
        title_en="Basin",
    )
    comment(hearing, now, reason="คำของชาวบ้าน", name="ประภาศรี", publish_name="name", email="a@example.org")
    document = found(hearing)
    assert document.kind == "hearing"
    assert document.url == f"/hearings/{hearing.slug}/"
    for words in ("640 ไร่", "1,900 ครัวเรือน", "ขอบเขตบึงและแนวเขตที่ดิน", "Basin"):
        assert words in document.body
    for words in ("คำของชาวบ้าน", "ประภาศรี", "example.org"):
        assert words not in document.body


def test_search_finds_no_hearing_before_its_announcement_even_if_its_page_is_live(now):
    hearing = HearingFactory.draft(now)
    hearing.save_revision().publish()
    assert found(hearing) is None


def test_search_reads_the_frozen_draft_and_the_result_once_it_is_out(now):
    body = [("paragraph", "<p>รับข้อเสนอสามข้อ</p>")]
    hearing = HearingFactory.summarising(now, result_body=body)
    hearing.draft[0].value["heading"] = "แก้เงียบ ๆ"
    hearing.save_revision().publish()
    document = found(hearing)
    assert "แก้เงียบ" not in document.body
    assert "รับข้อเสนอสามข้อ" not in document.body
    publish_draft_version(hearing=hearing, actor=office_head(), now=now, note="แก้")
    assert "แก้เงียบ" in found(hearing).body
    assert "รับข้อเสนอสามข้อ" in found(HearingFactory.result(now, result_body=body)).body


def test_search_still_finds_a_cancelled_hearing(now):
    hearing = HearingFactory.open(now)
    cancel(hearing=hearing, actor=office_head(), now=now, reason="งบ")
    assert found(hearing) is not None


# --- feed --------------------------------------------------------------------------------------------------


def test_the_feed_tells_of_announcements_and_results_newest_first(now):
    HearingFactory.draft(now)
    opened, done = HearingFactory.open(now), HearingFactory.result(now)
    items = list(source_for("hearings").items(None, None))
    assert len(items) == 3
    assert len({item.key for item in items}) == 3
    assert [item.date for item in items] == sorted((item.date for item in items), reverse=True)
    assert {item.url for item in items} == {f"/hearings/{opened.slug}/", f"/hearings/{done.slug}/"}


def test_the_feed_of_a_province_or_topic_holds_only_its_hearings(now):
    from geography.models import Province

    hearing = HearingFactory.open(now, provinces=[Province.objects.get(pk="66")])
    HearingFactory.open(now)
    assert [item.url for item in source_for("hearings").items("66", None)] == [f"/hearings/{hearing.slug}/"]
    assert not list(source_for("hearings").items(None, "no-such-topic"))


# --- tags --------------------------------------------------------------------------------------------------


def rendered(text: str, **context) -> str:
    return Template("{% load hearing_tags %}" + text).render(Context(context))


def test_tags_give_other_pages_what_is_open_what_opens_and_the_last_result():
    now = timezone.now()
    soon, opened = HearingFactory.closing_soon(now), HearingFactory.open(now)
    upcoming, done = HearingFactory.upcoming(now), HearingFactory.result(now)
    HearingFactory.draft(now)
    names = "{% for h in hs %}{{ h.pk }} {% endfor %}"
    assert rendered("{% open_hearings 4 as hs %}" + names).split() == [str(soon.pk), str(opened.pk)]
    assert rendered("{% open_hearings 1 as hs %}" + names).split() == [str(soon.pk)]
    assert rendered("{% upcoming_hearings 2 as hs %}" + names).split() == [str(upcoming.pk)]
    assert rendered("{% latest_result as h %}{{ h.pk }}") == str(done.pk)
    assert rendered("{% hearing_state h as state %}{{ state }}", h=opened) == "open"
    assert rendered("{% days_left h %}", h=opened) == "15"


def test_tags_are_quiet_where_there_is_nothing():
    assert rendered("{% open_hearings as hs %}{% latest_result as r %}{{ hs|length }}{{ r }}") == "0None"


def test_the_tag_of_open_hearings_costs_the_same_for_one_and_for_ten(django_assert_max_num_queries):
    now = timezone.now()
    text = "{% open_hearings 10 as hs %}{% for h in hs %}{{ h.display_title }}{% for p in h.provinces.all %}{{ p }}{% endfor %}{% endfor %}"
    HearingFactory.open(now)
    with django_assert_max_num_queries(10) as one:
        rendered(text)
    for _ in range(9):
        HearingFactory.open(now)
    with django_assert_max_num_queries(len(one)):
        rendered(text)


def test_a_section_key_is_the_stream_id_of_the_editor(now):
    hearing = HearingFactory.open(now)
    keys = [block.key for block in hearing.current_draft.blocks.all()]
    assert keys == [uuid.UUID(child.id) for child in hearing.draft]
