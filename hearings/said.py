"""What everyone may read of a comment, and its HTML without rendering a template for each (core.stencils).

The template is ``components/comment.html`` and whatever includes it. It is rendered for a stand-in of each ``Shape``: all
that decides which words it says. Files, replies and marks on a page have no slot here: such comments are rendered.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.html import escape, linebreaks
from django.utils.translation import get_language

from core import names
from core.enums import Sector
from core.fragments import kept
from core.models import Topic
from core.prepared import columns
from core.stencils import Slot, Stencil, a_moment, a_number, a_word, cut
from core.templatetags.thai_tags import time_tag
from core.thaidate import is_thai
from geography.models import Area, District, Province, Subdistrict
from hearings.enums import PublishName
from hearings.models import Comment, DraftBlock, Submission
from hearings.models.submissions import shown_name, shown_organisation
from hearings.threads import Thread

LEVELS = (("subdistrict", Subdistrict), ("district", District), ("province", Province))
AREA = ("code", "name", "name_en")
AREA_COLUMNS = tuple(f"submission.{level}.{name}" for level, _ in LEVELS for name in AREA)
COLUMNS = (
    "id", "block_id", "stance", "quote", "reason", "suggestion", "expected_impact", "created_at", "pinned_at", "on_page",
    "supports_counted", *(f"submission.{name}" for name in ("sector", "capacity", "channel", "revised_at")),
    *(f"submission.{name}" for name in ("publish_name", "name", "organisation", "organisation_confirmed")),
    "topic.name", "topic.name_en", *AREA_COLUMNS,
)  # fmt: skip
AreaColumns = tuple[Any, ...]
SECTORS = dict(Sector.choices)
# How many supporters a closed hearing has other words for than for many.
FEW = 2


class Said(NamedTuple):
    """A comment in a list. A name the author did not show never comes this far."""

    pk: int
    section: str | None  # None: about the whole
    stance: str
    quote: str
    reason: str
    suggestion: str
    expected_impact: str
    created_at: dt.datetime
    pinned_at: dt.datetime | None
    on_page: object
    supports: int
    sector: str
    capacity: str
    channel: str
    revised_at: dt.datetime | None
    name: str
    organisation: str
    topic: tuple[str | None, str | None]  # its names; None without one
    area: AreaColumns


@dataclass(frozen=True)
class Row:
    """A comment in a list, or the mark of one that its author withdrew."""

    at: dt.datetime
    said: Said | None = None
    is_supported: bool | None = None  # by the reader; None where comments stand without their threads
    # Where more stands around it than its words: then it is a model.
    comment: Comment | None = None
    thread: Thread | None = None
    withdrawn: Submission | None = None


def said_by(comments: Sequence[Comment], sections: Sequence[DraftBlock]) -> list[Said]:
    """The comments, from their rows where they have become no models yet."""
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in columns(comments, *COLUMNS)]
    numbers = _numbers({row["block_id"] for row in rows if row["block_id"]}, sections)
    return [_said(row, numbers) for row in rows]


def _numbers(wanted: set[int], sections: Sequence[DraftBlock]) -> dict[int, str]:
    """Of the sections they were written on: those of today are known, older ones take one query."""
    known: dict[int, str] = dict(columns(sections, "id", "number"))
    if missing := wanted - known.keys():
        known.update(DraftBlock.objects.filter(pk__in=missing).values_list("pk", "number"))
    return known


def _said(row: dict[str, Any], numbers: dict[int, str]) -> Said:
    """By name: a column more must never bring a name to another place than the one its author chose."""
    capacity, publish_name = row["submission.capacity"], row["submission.publish_name"]
    return Said(
        pk=row["id"],
        section=numbers[row["block_id"]] if row["block_id"] else None,
        stance=row["stance"],
        quote=row["quote"],
        reason=row["reason"],
        suggestion=row["suggestion"],
        expected_impact=row["expected_impact"],
        created_at=row["created_at"],
        pinned_at=row["pinned_at"],
        on_page=row["on_page"],
        supports=row["supports_counted"],
        sector=row["submission.sector"],
        capacity=capacity,
        channel=row["submission.channel"],
        revised_at=row["submission.revised_at"],
        name=shown_name(publish_name, row["submission.name"]),
        organisation=shown_organisation(
            capacity, row["submission.organisation"], row["submission.organisation_confirmed"], publish_name
        ),
        topic=(row["topic.name"], row["topic.name_en"]),
        area=tuple(row[name] for name in AREA_COLUMNS),
    )


# --- shape -------------------------------------------------------------------------------------------------


class Shape(NamedTuple):
    stance: str
    capacity: str
    channel: str
    is_threaded: bool
    is_supported: bool
    supports: int | None  # where the template has other words for so few
    # Whether there is one:
    section: bool
    quote: bool
    reason: bool
    suggestion: bool
    expected_impact: bool
    pinned_at: bool
    revised_at: bool
    name: bool
    organisation: bool
    topic: bool
    area: bool


def shape_of(said: Said, is_supported: bool | None, *, is_open: bool) -> Shape:
    """``is_supported``: by the reader; None where the comment stands without its thread."""
    few = is_supported is not None and not is_open and said.supports < FEW
    return Shape(
        said.stance,
        said.capacity,
        said.channel,
        is_supported is not None,
        bool(is_supported),
        said.supports if few else None,
        said.section is not None,
        said.quote != "",
        said.reason != "",
        said.suggestion != "",
        said.expected_impact != "",
        said.pinned_at is not None,
        said.revised_at is not None,
        said.name != "",
        said.organisation != "",
        said.topic[0] is not None,
        said.area[-3] is not None,
    )


def _paragraphs(text: str) -> str:
    return linebreaks(text, autoescape=True)


def _sector(value: str) -> str:
    return escape(str(SECTORS.get(value, value)))


def _area(area: AreaColumns) -> str:
    return names.keep_together(_line(get_language(), area))


@functools.lru_cache(maxsize=2000)
def _line(_language: str | None, area: AreaColumns) -> str:
    return line_of(list(_areas(area))[:2])


def _areas(area: AreaColumns) -> Iterator[Area]:
    for place, (_level, model) in enumerate(LEVELS):
        named = dict(zip(AREA, area[3 * place : 3 * place + 3], strict=True))
        if named["code"] is not None:
            yield model(**named)


def line_of(areas: Iterable[Area | None]) -> str:
    """``ต.เกยไชย อ.ชุมแสง จ.นครสวรรค์``"""
    return (" " if is_thai() else ", ").join(area.short_name for area in areas if area)


def _topic(words: tuple[str, str]) -> str:
    return _topic_name(get_language(), *words)


@functools.lru_cache(maxsize=500)
def _topic_name(_language: str | None, name: str, name_en: str) -> str:
    return escape(Topic(name=name, name_en=name_en).display_name)


ABOUT, PLACE = a_word(), a_word()
SLOTS = {
    "pk": Slot(a_number(), str),
    "section": Slot(a_word(), escape),
    "quote": Slot(a_word(), escape),
    "reason": Slot(a_word(), _paragraphs),
    "suggestion": Slot(a_word(), _paragraphs),
    "expected_impact": Slot(a_word(), _paragraphs),
    "created_at": Slot(a_moment(), time_tag),
    "supports": Slot(a_number(), str),
    "sector": Slot(a_word(), _sector),
    "revised_at": Slot(a_moment(), time_tag),
    "name": Slot(a_word(), escape),
    "organisation": Slot(a_word(), escape),
    "topic": Slot((ABOUT, ABOUT), _topic, ABOUT),
    "area": Slot((*[None] * 6, "", PLACE, PLACE), _area, PLACE),
}


def stand_in(shape: Shape) -> tuple[Comment, Thread | None]:
    """A comment that makes the template say what it says of all comments of this shape."""

    def put(name: str, otherwise: Any = "") -> Any:
        return SLOTS[name].stand_in if getattr(shape, name) else otherwise

    sender = Submission(
        sector=SLOTS["sector"].stand_in,
        capacity=shape.capacity,
        channel=shape.channel,
        revised_at=put("revised_at", None),
        publish_name=PublishName.NAME,
        name=put("name"),
        organisation=put("organisation"),
        organisation_confirmed=True if shape.organisation else None,
        province=Province(code="", name=PLACE, name_en=PLACE) if shape.area else None,
    )
    comment = Comment(
        pk=SLOTS["pk"].stand_in,
        submission=sender,
        topic=Topic(name=ABOUT, name_en=ABOUT) if shape.topic else None,
        block=DraftBlock(number=SLOTS["section"].stand_in) if shape.section else None,
        stance=shape.stance,
        quote=put("quote"),
        reason=put("reason"),
        suggestion=put("suggestion"),
        expected_impact=put("expected_impact"),
        created_at=SLOTS["created_at"].stand_in,
        pinned_at=SLOTS["created_at"].stand_in if shape.pinned_at else None,
        supports_counted=SLOTS["supports"].stand_in if shape.supports is None else shape.supports,
    )
    return comment, Thread(comment, is_supported=shape.is_supported) if shape.is_threaded else None


@dataclass
class Stencils:
    """For the comments of one page. ``key`` is all that ``render`` shows beside the comment and its thread."""

    key: tuple
    render: Callable[[Comment, Thread | None], str]
    is_open: bool
    _known: dict[Shape, Stencil] = field(default_factory=dict)

    def html(self, said: Said, is_supported: bool | None = None) -> str:
        shape = shape_of(said, is_supported, is_open=self.is_open)
        stencil = self._known.get(shape)
        if stencil is None:
            stencil = self._known[shape] = kept("stencil", (*self.key, *shape), lambda: self._cut(shape))
        return stencil.fill({name: SLOTS[name].show(getattr(said, name)) for name in stencil.names})

    def _cut(self, shape: Shape) -> Stencil:
        return cut(self.render(*stand_in(shape)), SLOTS)
