"""Counting answers: how many people answered each question, and what (peers P66, P67).

Shares are of the people who answered that question (n), never of the ticks. Withdrawn and hidden submissions are
not counted, and what a change agent wrote down for a village is counted apart (hearings.totals of batches).
Wordings are put together as long as the kind and the scale stay the same: a key never changes its meaning. What is
shown is always a wording somebody answered, with its words for the options, and every other one is told beside it.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import fmean, median

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from geography.models import District, Province, Subdistrict
from hearings.enums import QuestionKind, SubmissionStatus, Visibility
from hearings.models import Answer, AnswerChoice, Hearing, Question, QuestionRevision
from hearings.small_numbers import SMALL, hidden_of_parts, hidden_of_several

MOST_PLACES = 30
TEXTS = (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT)
AREAS = {2: Province, 4: District, 6: Subdistrict}


@dataclass(frozen=True)
class Bar:
    """One option: how many people, of how many who answered."""

    label: str
    people: int
    n: int
    is_hidden: bool = False  # left out in public (hearings.small_numbers)
    mean_place: float | None = None  # of a ranking: 1 is first
    points: int = 0  # of a ranking: Borda, the last place gives none

    @property
    def percent(self) -> int:
        return round(100 * self.people / self.n) if self.n else 0

    @property
    def share(self) -> str:
        """Width of the bar; a hidden number gives no length to measure."""
        return "0%" if self.is_hidden or not self.n else f"{100 * self.people / self.n:.1f}%"


@dataclass(frozen=True)
class RowTotals:
    label: str
    bars: list[Bar]
    n: int
    is_withheld: bool = False


@dataclass(frozen=True)
class Wording:
    """How it was asked, and how many people answered that; None where the number is not for everyone."""

    text: str
    people: int | None


@dataclass(frozen=True)
class QuestionTotals:
    """All answers to one question under one kind."""

    revision: QuestionRevision  # the newest wording somebody answered; the newest of all where nobody did
    n: int
    wordings: int  # how many were answered
    bars: list[Bar] = field(default_factory=list)
    rows: list[RowTotals] = field(default_factory=list)
    mean: float | None = None
    middle: float | None = None
    smallest: float | None = None
    greatest: float | None = None
    is_withheld: bool = False  # in public: too few people to show any number
    texts: list[Wording] = field(default_factory=list)  # the answered ones where they differ, newest first
    asked_now: str = ""  # the newest wording, where nobody has answered it yet

    @property
    def hides_some(self) -> bool:
        """Whether readers must be told that numbers are missing."""
        return any(bar.is_hidden for bar in self.bars) or any(
            row.is_withheld or any(bar.is_hidden for bar in row.bars) for row in self.rows
        )

    @property
    def unit(self) -> str:
        return self.revision.limit_words("unit")

    @property
    def is_text(self) -> bool:
        return self.revision.kind in TEXTS


def counted_answers(hearing: Hearing) -> QuerySet[Answer]:
    """Current answers of people who sent their own words, neither withdrawn nor hidden."""
    return Answer.objects.filter(
        question__hearing=hearing,
        superseded_at__isnull=True,
        submission__status=SubmissionStatus.SUBMITTED,
        submission__batch__isnull=True,
    ).exclude(submission__visibility=Visibility.HIDDEN)


def written_answers(hearing: Hearing, question: Question) -> QuerySet[Answer]:
    """What people wrote, for staff to read: newest first, in the order its keyset pages go by."""
    found = counted_answers(hearing).filter(question=question, revision__kind__in=TEXTS)
    return found.select_related("revision", "submission__province", "submission__district").order_by("-pk")


def answered_wording(question: Question) -> QuestionRevision:
    """The newest one with an answer, to stand above the answers; the newest of all where there is none."""
    asked = question.revisions.order_by("number")
    current = asked.filter(answers__in=counted_answers(question.hearing), kind__in=TEXTS)
    return current.last() or asked.latest("number")


def answer_totals(hearing: Hearing, *, public: bool = False) -> list[QuestionTotals]:
    """In the order of the form; four queries whatever the number of questions and answers, and names of places.

    ``public`` leaves out small numbers and what would give them away. Questions taken out are shown as long as
    somebody had answered them.
    """
    revisions = list(
        QuestionRevision.objects.filter(question__hearing=hearing)
        .select_related("question")
        .order_by("question__order", "question_id", "number")
    )
    if not revisions:
        return []
    answers = counted_answers(hearing)
    people = dict(answers.order_by().values_list("revision_id").annotate(people=Count("pk")))
    choices: defaultdict[int, list[tuple[str, str, int | None, int]]] = defaultdict(list)
    rows = AnswerChoice.objects.filter(answer__in=answers).order_by()
    for revision_id, option, row, place, count in rows.values_list(
        "answer__revision_id", "option_key", "row_key", "place"
    ).annotate(people=Count("pk")):
        choices[revision_id].append((option, row, place, count))
    numbers: defaultdict[int, list[float]] = defaultdict(list)
    for revision_id, value in answers.filter(revision__kind=QuestionKind.NUMBER).values_list(
        "revision_id", "value"
    ):
        numbers[revision_id].append(value)
    names = _area_names(revisions, choices)
    asked = _asked(revisions)
    found = [
        _with_wordings(
            group, people, asked, _totals(_answered(group, people), people, choices, numbers, names)
        )
        for group in _groups(revisions)
    ]
    if public:
        found = _without_small_numbers(found)
    return [one for one in found if one.n or one.is_withheld or one.revision.pk in asked]


def _groups(revisions: Iterable[QuestionRevision]) -> list[list[QuestionRevision]]:
    """Wordings of a question that can be counted together."""
    groups: dict[tuple, list[QuestionRevision]] = {}
    for r in revisions:
        scale = (r.limits.get("min"), r.limits.get("max")) if r.kind == QuestionKind.SCALE else ()
        size = len(r.options) if r.kind == QuestionKind.RANKING else ()
        groups.setdefault((r.question_id, r.kind, scale, size), []).append(r)
    return list(groups.values())


def _answered(group: list[QuestionRevision], people: dict[int, int]) -> list[QuestionRevision]:
    """The wordings somebody answered; all of them where nobody did."""
    return [r for r in group if people.get(r.pk)] or group


def _with_wordings(
    group: list[QuestionRevision], people: dict[int, int], asked: set[int], one: QuestionTotals
) -> QuestionTotals:
    texts: Counter[str] = Counter()
    for r in reversed(group):
        if people.get(r.pk):
            texts[r.shown_text] += people[r.pk]
    newest = group[-1]
    is_new = bool(texts) and newest.shown_text not in texts and newest.pk in asked
    told = [Wording(text, number) for text, number in texts.items()] if len(texts) > 1 else []
    return dataclasses.replace(one, texts=told, asked_now=newest.shown_text if is_new else "")


def _asked(revisions: Iterable[QuestionRevision]) -> set[int]:
    """What the form asks now: the newest wording of each question that was not taken out, whatever its kind was."""
    newest = {revision.question_id: revision for revision in revisions}
    return {revision.pk for revision in newest.values() if revision.question.removed_at is None}


def _totals(
    group: list[QuestionRevision],
    people: dict[int, int],
    choices: dict[int, list[tuple[str, str, int | None, int]]],
    numbers: dict[int, list[float]],
    names: dict[str, str],
) -> QuestionTotals:
    revision = group[-1]
    n = sum(people.get(r.pk, 0) for r in group)
    counts: Counter[tuple[str, str]] = Counter()
    places: Counter[str] = Counter()
    for r in group:
        for option, row, place, count in choices.get(r.pk, ()):
            counts[option, row] += count
            places[option] += (place or 0) * count
    values = [value for r in group for value in numbers.get(r.pk, ())]
    wordings = sum(1 for r in group if people.get(r.pk))
    kind = QuestionKind(revision.kind)
    bars: list[Bar] = []
    if kind == QuestionKind.SCALE:
        steps = range(revision.limit("min", 1), revision.limit("max", 5) + 1)
        bars = [
            Bar(_both([_step(r, step) for r in reversed(group)]), counts[str(step), ""], n) for step in steps
        ]
        values = [float(step) for step in steps for _ in range(counts[str(step), ""])]
    elif kind == QuestionKind.RANKING:
        bars = _ranking(_labels(group, "option"), counts, places)
    elif kind == QuestionKind.PLACE:
        bars = [Bar(names.get(key, key), count, n) for (key, _row), count in counts.most_common()]
    elif kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        bars = [Bar(label, counts[key, ""], n) for key, label in _labels(group, "option").items()]
    rows = _rows(group, counts) if kind == QuestionKind.MATRIX else []
    if not values:
        return QuestionTotals(revision, n, wordings, bars, rows)
    extremes = (min(values), max(values))
    return QuestionTotals(revision, n, wordings, bars, rows, fmean(values), median(values), *extremes)


# --- what everyone may see -----------------------------------------------------------------------------------


def _without_small_numbers(found: list[QuestionTotals]) -> list[QuestionTotals]:
    """Each question by itself; then those whose number of answers would give away an answer to another one."""
    shown: list[QuestionTotals] = []
    for one in found:
        rule = one.revision.show_if
        public = _public(one)
        if rule and any(_gives_away(other, rule) for other in shown):
            public = _withheld(one)
        shown.append(public)
    return shown


def _public(one: QuestionTotals) -> QuestionTotals:
    kind = QuestionKind(one.revision.kind)
    if one.n < SMALL:
        return _withheld(one)
    # The smallest and the greatest number are somebody's own.
    one = dataclasses.replace(one, smallest=None, greatest=None)
    if any((text.people or 0) < SMALL for text in one.texts):
        one = dataclasses.replace(one, texts=[Wording(text.text, None) for text in one.texts])
    if kind == QuestionKind.MATRIX:
        return dataclasses.replace(one, rows=[_public_row(row) for row in one.rows])
    if kind in (QuestionKind.RANKING, QuestionKind.NUMBER, *TEXTS):
        return one
    counts = [bar.people for bar in one.bars]
    several = kind == QuestionKind.MULTIPLE
    hidden = (
        hidden_of_several(counts, one.n, one.revision.limit("most", 0))
        if several
        else hidden_of_parts(counts)
    )
    if hidden is None:
        return _withheld(one)
    if kind == QuestionKind.PLACE:
        return dataclasses.replace(one, bars=_public_places(one, hidden))
    bars = _marked(one.bars, hidden)
    # A mean of all steps would be one more equation for the missing ones.
    if hidden:
        one = dataclasses.replace(one, mean=None, middle=None)
    return dataclasses.replace(one, bars=bars)


def _public_row(row: RowTotals) -> RowTotals:
    hidden = hidden_of_parts([bar.people for bar in row.bars])
    if hidden is None:
        return RowTotals(row.label, [], 0, is_withheld=True)
    return dataclasses.replace(row, bars=_marked(row.bars, hidden))


def _public_places(one: QuestionTotals, hidden: frozenset[int]) -> list[Bar]:
    """That somebody of a place answered is told by its name alone: the missing ones are one line."""
    named = [bar for place, bar in enumerate(one.bars) if place not in hidden][:MOST_PLACES]
    rest = one.n - sum(bar.people for bar in named)
    return [*named, Bar(_("Other places"), rest, one.n)] if rest else named


def _marked(bars: list[Bar], hidden: frozenset[int]) -> list[Bar]:
    return [dataclasses.replace(bar, is_hidden=place in hidden) for place, bar in enumerate(bars)]


def _withheld(one: QuestionTotals) -> QuestionTotals:
    texts = [Wording(text.text, None) for text in one.texts]
    return QuestionTotals(one.revision, 0, 0, is_withheld=True, texts=texts)


def _gives_away(other: QuestionTotals, rule: dict) -> bool:
    """Only who chose certain answers was asked: how many answered says how many chose them."""
    return str(other.revision.question.key) == rule.get("question") and (
        other.is_withheld or other.hides_some
    )


# --- one question --------------------------------------------------------------------------------------------


def _step(revision: QuestionRevision, step: int) -> str:
    """The ends of a scale have words."""
    ends = {revision.limit("min", 1): "min_label", revision.limit("max", 5): "max_label"}
    words = revision.limit_words(ends[step]) if step in ends else ""
    return f"{step} {words}".strip()


def _ranking(labels: dict[str, str], counts: Counter, places: Counter) -> list[Bar]:
    """Best mean place on top."""
    bars = []
    for key, label in labels.items():
        people = counts[key, ""]
        mean = places[key] / people if people else None
        points = len(labels) * people - places[key]
        bars.append(Bar(label, people, people, mean_place=mean, points=points))
    return sorted(bars, key=lambda bar: (bar.mean_place is None, bar.mean_place))


def _rows(group: list[QuestionRevision], counts: Counter) -> list[RowTotals]:
    options, found = _labels(group, "option"), []
    for row, label in _labels(group, "row").items():
        n = sum(counts[key, row] for key in options)
        found.append(RowTotals(label, [Bar(name, counts[key, row], n) for key, name in options.items()], n))
    return found


def _labels(group: list[QuestionRevision], what: str) -> dict[str, str]:
    """The words of every key, those of the newest wording first; what they were before is told beside them."""
    read: dict[str, list[str]] = {}
    for r in reversed(group):
        for key, label in (r.option_labels() if what == "option" else r.row_labels()).items():
            read.setdefault(key, []).append(label)
    return {key: _both(labels) for key, labels in read.items()}


def _both(labels: list[str]) -> str:
    newest, *earlier = dict.fromkeys(labels)
    if not earlier:
        return newest
    return _("%(words)s (earlier: %(earlier)s)") % {"words": newest, "earlier": ", ".join(earlier)}


def _area_names(revisions: list[QuestionRevision], choices: dict) -> dict[str, str]:
    """Names of the places answered; no query where no place is asked for."""
    codes = {
        option
        for r in revisions
        if r.kind == QuestionKind.PLACE
        for option, _row, _place, _count in choices.get(r.pk, ())
    }
    names: dict[str, str] = {}
    for digits, model in AREAS.items():
        if wanted := [code for code in codes if len(code) == digits]:
            names.update({area.code: area.short_name for area in model.objects.filter(pk__in=wanted)})
    return names
