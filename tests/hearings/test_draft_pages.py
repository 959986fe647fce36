"""The draft to read: buttons, numbers, versions, alternatives; few queries."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.rich_text import RichText

from hearings.draft_totals import comments_by_paragraph
from hearings.enums import Stance
from hearings.services.announce import announce
from hearings.services.data import CommentData
from hearings.services.drafts import freeze
from tests.factories.hearings import HearingFactory, comment, day, office_head

pytestmark = pytest.mark.django_db
TWO = '<p data-block-key="aaaaa">ขุดลอกบึง</p><p data-block-key="bbbbb">ปิดทาง 7 เดือน</p>'


@pytest.fixture
def hearing():
    return HearingFactory.open(timezone.now(), sections=[("ขอบเขต", TWO), ("ทาง", "<p>ปิดทาง</p>")])


def draft_of(hearing, end: str = "") -> str:
    return f"/hearings/{hearing.slug}/draft/{end}"


def on_paragraph(hearing, key: str) -> None:
    block = hearing.current_draft.blocks.get(order=1).key
    words = CommentData(stance=Stance.AGREE, block_key=block, paragraph_key=key, reason="เห็นด้วย")
    comment(hearing, timezone.now(), comments=[words])


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_section_and_paragraph_has_one_button(client, hearing, prefix: str) -> None:
    page = client.get(prefix + draft_of(hearing))
    text = page.content.decode()
    key = hearing.current_draft.blocks.get(order=1).key
    assert page.status_code == 200
    assert text.count("<h1") == 1
    for paragraph in ("aaaaa", "bbbbb"):
        assert (
            text.count(
                f'class="pill" href="{prefix}/hearings/{hearing.slug}/comment/?block={key}&amp;paragraph={paragraph}"'
            )
            == 1
        )
    assert text.count(f'class="pill" href="{prefix}/hearings/{hearing.slug}/comment/?block=') == 4


def test_comments_are_counted_at_their_paragraph(client, hearing) -> None:
    on_paragraph(hearing, "bbbbb")
    on_paragraph(hearing, "bbbbb")
    assert list(comments_by_paragraph(hearing).values()) == [2]
    assert '<span class="k" aria-hidden="true">2</span>' in client.get(draft_of(hearing)).content.decode()


@pytest.mark.parametrize("state", ["upcoming", "closed", "result"])
def test_where_nothing_can_be_sent_there_are_no_buttons(client, state: str) -> None:
    hearing = getattr(HearingFactory, state)(timezone.now())
    page = client.get(draft_of(hearing))
    assert page.status_code == 200
    assert "/comment/" not in page.content.decode()


def test_an_earlier_version_is_readable_and_leads_to_the_newest(client, hearing) -> None:
    hearing.draft[0].value["body"] = RichText('<p data-block-key="aaaaa">ขุดลอกบึงลึกกว่าเดิม</p>')
    freeze(hearing, now=timezone.now(), note="ตามที่ชาวบ้านขอ")
    old = client.get(draft_of(hearing, "1/")).content.decode()
    new = client.get(draft_of(hearing)).content.decode()
    assert "ปิดทาง" in old
    assert "/comment/?block" not in old
    assert f'href="{draft_of(hearing)}"' in old
    assert f'href="{draft_of(hearing, "1/2/")}"' in new
    assert "ตามที่ชาวบ้านขอ" in new


@pytest.mark.parametrize("end", ["9/", "0/", "99999999999999999999999/"])
def test_a_version_that_is_not_there_is_not_found(client, hearing, end: str) -> None:
    assert client.get(draft_of(hearing, end)).status_code == 404


def test_a_hearing_nobody_announced_has_no_draft_to_read(client) -> None:
    assert client.get(draft_of(HearingFactory.draft(timezone.now()))).status_code == 404


def test_alternatives_stand_side_by_side_with_their_own_buttons(client) -> None:
    now = timezone.now()
    hearing = HearingFactory.draft(now - dt.timedelta(days=25), opens_at=day(now, -5), closes_at=day(now, 9))
    for number in (1, 2):
        value = {"heading": f"ทางเลือกที่ {number}", "body": RichText("<p>รายละเอียด</p>")}
        hearing.draft.append(("alternative", value))
    hearing.save()
    hearing = announce(hearing=hearing, actor=office_head(), now=day(now, -25))
    comment(hearing, now, block=3, stance=Stance.AGREE)
    text = client.get(draft_of(hearing)).content.decode()
    cards = text.split('class="choices-beside"')[1]
    assert cards.count("<article") == 2
    assert cards.count('class="pill"') == 2
    assert text.count('class="choices-beside"') == 1


def test_the_hearing_leads_to_its_draft(client, hearing) -> None:
    assert f'href="{draft_of(hearing)}"' in client.get(f"/hearings/{hearing.slug}/").content.decode()


def count_queries(client, address: str) -> int:
    client.get(address)
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_queries_do_not_grow_with_sections_versions_and_comments(client, hearing) -> None:
    few = count_queries(client, draft_of(hearing))
    for _number in range(4):
        on_paragraph(hearing, "aaaaa")
        hearing.draft.append(("section", {"heading": "อีกข้อ", "body": RichText(TWO)}))
        hearing.save()
        freeze(hearing, now=timezone.now())
    assert count_queries(client, draft_of(hearing)) <= few
    assert few <= 30
    assert count_queries(client, draft_of(hearing, "1/5/")) <= 30
