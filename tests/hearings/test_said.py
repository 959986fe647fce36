"""Comments filled into stencils: byte for byte what the template says, and never a word that was taken away."""

from __future__ import annotations

import datetime as dt
import itertools
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Engine
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from core.context_processors import THAI_PART
from core.enums import Sector
from core.models import Topic
from core.stencils import Slot, a_number, a_word, cut
from geography.models import District, Province, Subdistrict
from hearings.comment_lists import ask_list
from hearings.enums import Capacity, Channel, PublishName, Stance
from hearings.keyset import NEWEST
from hearings.models import Comment, DraftBlock, Submission
from hearings.models.submissions import COMMENT_WORDS
from hearings.said import SLOTS, Row, said_by
from hearings.templatetags.talk_tags import said_rows
from hearings.threads import Thread
from tests.factories.hearings import HearingFactory, comment
from tests.hearings.people import HOME, province

ROW, LATEST = "hearings/comments/row.html", "hearings/main/row.html"
AT = dt.datetime(2026, 11, 21, 17, 30, tzinfo=dt.UTC)  # the next day in Bangkok
HOSTILE = (
    "", " ", "\n\n", "น้ำท่วมนา", "<script>alert('x')</script>", "{{ comment.pk }}{% now %}", "a & b &lt; \"c\" 'd'",
    "บรรทัดหนึ่ง\r\nบรรทัดสอง\n\n\nย่อหน้าใหม่", "\\1 \\g<0> %s {0} {pk}", "7000000000000000001", "&#x27;\u2028\ue000",
)  # fmt: skip
WORDS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60))


def spoken(**fields: Any) -> Comment:
    """A comment that no database knows."""
    number = fields.pop("section", None)
    own = {
        name: fields.pop(name)
        for name in ("quote", *COMMENT_WORDS, "pinned_at", "supports")
        if name in fields
    }
    area, topic = fields.pop("area", 0), fields.pop("topic", None)
    places = [
        Subdistrict(code="600101", name="เกยไชย", name_en="Koei Chai"),
        District(code="6001", name="ชุมแสง", name_en="Chum Saeng"),
        Province(code="60", name="นครสวรรค์", name_en="Nakhon Sawan"),
    ]
    names = ("subdistrict", "district", "province")
    sender = Submission(
        **{name: place if number_of < area else None for number_of, (name, place) in enumerate(zip(reversed(names), reversed(places), strict=True))},
        **fields,
    )  # fmt: skip
    return Comment(
        pk=41, submission=sender, stance=fields.get("stance", "agree"), created_at=AT,
        block=None if number is None else DraftBlock(pk=5, number=number),
        topic=Topic(name=topic[0], name_en=topic[1]) if topic else None, supports_counted=own.pop("supports", 3), **own,
    )  # fmt: skip


def both_ways(
    comment: Comment, *, is_open: bool, supported: bool, may_answer: bool = False
) -> tuple[str, str]:
    hearing = SimpleNamespace(pk=7, slug="bueng")
    thread = Thread(comment, is_supported=supported)
    context = Context({
        "hearing": hearing, "room": SimpleNamespace(is_open=is_open), "hearing_path": "/hearings/bueng/",
        "may_answer": may_answer, "thai_part": THAI_PART if translation.get_language() == "en" else "",
    })  # fmt: skip
    (words,) = said_by([comment], [comment.block] if comment.block else [])
    filled = said_rows(context, [Row(words.created_at, words, supported)])
    with context.push(comment=comment, thread=thread, linked=True):
        rendered = Engine.get_default().get_template(ROW).render(context)
    return filled, rendered


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_choice_of_a_sender_is_said_as_the_template_says_it(language: str) -> None:
    with translation.override(language):
        for number, (capacity, sector, channel) in enumerate(itertools.product(Capacity, Sector, Channel)):
            of = spoken(
                capacity=capacity, sector=sector, channel=channel, stance=Stance.values[number % 4], reason="ก",
                publish_name=PublishName.values[number % 3], name="สมบัติ ใจเย็น", organisation="โรงสี <1>",
                organisation_confirmed=(None, True, False)[number % 3], area=number % 4, supports=number % 3,
            )  # fmt: skip
            filled, rendered = both_ways(
                of, is_open=number % 2 == 0, supported=number % 5 == 0, may_answer=number % 7 == 0
            )
            assert filled == rendered


@settings(max_examples=60, deadline=None)
@given(
    words=st.fixed_dictionaries(dict.fromkeys(("quote", *COMMENT_WORDS, "name", "organisation"), WORDS)),
    rest=st.fixed_dictionaries({
        "section": st.sampled_from([None, "", "3", "<4>"]), "area": st.integers(0, 3), "supports": st.integers(0, 3),
        "capacity": st.sampled_from(Capacity.values), "channel": st.sampled_from(Channel.values),
        "sector": st.sampled_from([*Sector.values, "<x>"]), "organisation_confirmed": st.sampled_from([None, True, False]),
        "publish_name": st.sampled_from(PublishName.values), "revised_at": st.sampled_from([None, AT + dt.timedelta(days=9)]),
        "pinned_at": st.sampled_from([None, AT]), "topic": st.sampled_from([None, ("<น้ำ>", ""), ("ถนน", "Roads & ways")]),
    }),
    seen=st.fixed_dictionaries({name: st.booleans() for name in ("is_open", "supported", "may_answer")}),
    language=st.sampled_from(["th", "en"]),
)  # fmt: skip
def test_whatever_people_write_is_said_as_the_template_says_it(
    words: dict, rest: dict, seen: dict, language: str
) -> None:
    with translation.override(language):
        filled, rendered = both_ways(spoken(**words, **rest), **seen)
    assert filled == rendered
    assert not any(slot.remains in filled for slot in SLOTS.values())


def test_on_the_page_of_its_hearing_too() -> None:
    context = Context({"hearing_path": "/hearings/bueng/", "thai_part": ""})
    for text, number in itertools.product(HOSTILE, (None, "2")):
        of = spoken(reason=text, quote=text, section=number, area=3)
        with context.push(comment=of):
            rendered = Engine.get_default().get_template(LATEST).render(context)
        (words,) = said_by([of], [of.block] if of.block else [])
        assert said_rows(context, [Row(AT, words)], LATEST, linked=False) == rendered


@pytest.mark.django_db
def test_rows_say_the_same_as_the_models_made_of_them(now: dt.datetime) -> None:
    hearing = HearingFactory.open(now)
    for number in range(3):
        comment(
            hearing, now + dt.timedelta(seconds=number), block=number or None, province=province(HOME), reason=f"คำ {number}",
            name="สมบัติ ใจเย็น", publish_name=PublishName.values[number], capacity="group", organisation="โรงสี",
        )  # fmt: skip
    Submission.objects.filter(publish_name="name").update(organisation_confirmed=True, revised_at=now)
    answer, _ = ask_list(hearing)(NEWEST, None, 5, descending=True)
    sections = hearing.current_draft.sections
    from_rows = said_by(answer, sections)
    assert from_rows == said_by(list(Comment.objects.public(hearing)), sections)
    assert [(said.name, said.organisation) for said in from_rows] == [
        ("สมบัติ ใจเย็น", "โรงสี"),
        ("ส. จ.", ""),
        ("", ""),
    ]


def test_a_template_that_shows_a_slot_otherwise_is_refused() -> None:
    number, words = Slot(a_number(), str), Slot(a_word(), str.upper)
    slots = {"pk": number, "words": words}
    stencil = cut(f"<b>{number.stand_in}</b>{words.stand_in.upper()}<i>{number.stand_in}</i>", slots)
    assert stencil.fill({"pk": "1", "words": "\\1"}) == "<b>1</b>\\1<i>1</i>"
    with pytest.raises(ValueError, match="words"):
        cut(f"{number.stand_in}{words.stand_in}", slots)
