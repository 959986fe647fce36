"""Start a new hearing from an old one: its texts, questions, ways, contacts, documents and the meetings it had, and
nothing that belongs to its time."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from accounts.models import User
from accounts.permissions import Action, require
from hearings.editor import ITEM_FIELDS
from hearings.models import (
    Hearing,
    HearingBenefit,
    HearingContact,
    HearingDocument,
    HearingMethod,
    Meeting,
    Question,
    QuestionRevision,
)
from hearings.naming import copied_title, slug_of_copy
from hearings.services import stages
from hearings.services.announce import newest

WORDS = (
    "kind",
    "summary",
    "title_en",
    "summary_en",
    "legal_basis",
    "signer_name",
    "signer_position",
    "moderation_mode",
    "who_may_comment",
    "who_may_support",
    *ITEM_FIELDS,
)
# Of a meeting: what it is, never when it was, who came and what was said.
SKELETON = ("title", "mode", "series", "place", "seats", "agenda")
STREAMS = ("plain_summary", "intro", "draft")
CHILDREN = (
    ("contacts", HearingContact, ("name", "role", "phone", "email")),
    ("methods", HearingMethod, ("kind", "detail")),
    ("benefits", HearingBenefit, ("sector", "text")),
    ("documents", HearingDocument, ("title", "document")),
)
ASKED = ("kind", "text", "text_en", "help", "help_en", "is_required", "options", "rows", "limits", "show_if")


@transaction.atomic
def clone(*, hearing: Hearing, actor: User, now: dt.datetime) -> Hearing:
    """A draft without code, dates, stage, boards, notices or answers. Sections and questions get keys of their own, so that
    nothing said about the old one is ever counted for the new one."""
    require(actor, Action.PREPARE_HEARING, hearing)
    source = newest(hearing)
    copy = Hearing(
        title=copied_title(source.title),
        slug=slug_of_copy(),
        owner=actor,
        live=False,
        **{name: getattr(source, name) for name in WORDS},
    )
    for name in STREAMS:
        setattr(copy, name, [(child.block_type, child.value) for child in getattr(source, name)])
    for relation, model, fields in CHILDREN:
        rows = getattr(source, relation).all()
        setattr(
            copy,
            relation,
            [
                model(sort_order=order, **{field: getattr(row, field) for field in fields})
                for order, row in enumerate(rows)
            ],
        )
    copy.meetings = [
        Meeting(**{name: getattr(meeting, name) for name in SKELETON})
        for meeting in source.meetings.all()
        if not meeting.cancelled_at
    ]
    copy.topics.add(*source.topics.all())
    source.get_parent().add_child(instance=copy)
    for relation in ("provinces", "districts", "strategy_issues"):
        setattr(copy, relation, list(getattr(source, relation).all()))
    copy.save()
    _copy_questions(source, copy, now)
    copy.save_revision(user=actor, clean=False)
    return stages.fresh(copy)


def _copy_questions(source: Hearing, copy: Hearing, now: dt.datetime) -> None:
    """The newest wording of each question that is still asked; show-if rules follow to the new keys."""
    asked = list(source.questions.filter(removed_at__isnull=True).prefetch_related("revisions"))
    keys = {str(question.key): uuid.uuid4() for question in asked}
    for question in asked:
        last = max(question.revisions.all(), key=lambda revision: revision.number, default=None)
        if last is None:
            continue
        values = {name: getattr(last, name) for name in ASKED}
        condition = values["show_if"] or {}
        if condition:
            known = str(condition.get("question"))
            values["show_if"] = {**condition, "question": str(keys[known])} if known in keys else {}
        new = Question.objects.create(hearing=copy, key=keys[str(question.key)], order=question.order)
        QuestionRevision.objects.create(question=new, number=1, created_at=now, **values)
