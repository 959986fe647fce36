import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from news.enums import DocumentStatus
from news.models import NewsPage, StrategyDocument
from tests.factories.news import news, news_index, paper, strategy_index, topic

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)


def test_the_lists_exist_in_both_languages_from_the_start():
    for make in (news_index, strategy_index):
        thai, english = make("th"), make("en")
        assert thai.translation_key == english.translation_key
        assert thai.live
        assert english.live
        assert thai.get_parent().numchild == thai.get_parent().get_children().count()


def test_a_news_item_needs_only_a_title():
    page = news_index().add_child(instance=NewsPage(title="ประกาศ", slug="prakat"))
    assert page.kind == "news"
    assert page.published_on == timezone.localdate()


def test_an_event_must_not_end_before_it_starts(now):
    with pytest.raises(ValidationError) as raised:
        news(event_starts_at=now, event_ends_at=now - dt.timedelta(hours=1))
    assert "event_ends_at" in raised.value.message_dict


def test_an_event_with_an_end_needs_a_start(now):
    with pytest.raises(ValidationError) as raised:
        news(event_ends_at=now)
    assert "event_starts_at" in raised.value.message_dict


def test_related_news_share_a_topic_and_are_filled_up_with_the_newest():
    water = topic("nam", "น้ำ")
    page = news(topics=[water])
    same = news(title="เรื่องน้ำ", topics=[water], published_on=dt.date(2026, 8, 1))
    other = news(title="เรื่องอื่น", published_on=dt.date(2026, 11, 20))
    assert page.related("th") == [same, other]


@pytest.mark.parametrize(
    ("years", "field"),
    [({"start_year": 2570, "end_year": 2566}, "end_year"), ({"end_year": 2570}, "start_year")],
)
def test_the_period_must_be_in_order(years, field):
    with pytest.raises(ValidationError) as raised:
        paper(**years)
    assert field in raised.value.message_dict


def test_a_document_cannot_replace_itself_by_way_of_others():
    first = paper()
    second = paper(supersedes=first)
    third = paper(supersedes=second)
    first.supersedes = third
    with pytest.raises(ValidationError) as raised:
        first.full_clean()
    assert "supersedes" in raised.value.message_dict


@pytest.mark.parametrize(
    ("fields", "superseded", "expected"),
    [
        ({"doc_type": "plan", "start_year": 2566, "end_year": 2570}, False, DocumentStatus.IN_FORCE),
        ({"doc_type": "plan", "start_year": 2561, "end_year": 2565}, False, DocumentStatus.ENDED),
        ({"doc_type": "plan"}, True, DocumentStatus.SUPERSEDED),
        ({"doc_type": "order"}, False, DocumentStatus.IN_FORCE),
        ({"doc_type": "report"}, False, None),
    ],
)
def test_a_reader_is_told_whether_a_document_holds(fields, superseded, expected):
    assert StrategyDocument(**fields).status(TODAY, superseded=superseded) == expected


def test_a_plan_holds_until_the_end_of_its_last_fiscal_year():
    assert StrategyDocument(doc_type="plan", start_year=2566, end_year=2570).in_force_until == dt.date(
        2027, 9, 30
    )
