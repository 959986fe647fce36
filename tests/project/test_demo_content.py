"""The demo's story loads from nothing, twice, and shows every part of a hearing."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from hearings.enums import AttachmentKind, BatchStatus, BlockKind, HearingState, PaperStatus, Visibility
from hearings.models import Hearing, QuestionRevision

pytestmark = pytest.mark.django_db

# What one loading may write again without telling a second story.
REWRITTEN = {"wagtailcore.ReferenceIndex", "wagtailsearch.IndexEntry"}


def rows() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.managed and model._meta.label not in REWRITTEN
    }


def test_the_demo_loads_from_nothing_and_a_second_time_adds_nothing(settings) -> None:
    # The worker's part (search, references) is not what is tested and would take most of the time.
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    call_command("load_demo", verbosity=0)
    first = rows()
    call_command("load_demo", verbosity=0)
    assert rows() == first
    shows_every_part_of_a_hearing()


def shows_every_part_of_a_hearing() -> None:
    now = timezone.now()
    marsh = Hearing.objects.get(slug="bueng-sam-phraek")
    assert marsh.state(now) == HearingState.OPEN
    assert marsh.draft_versions.count() == 1  # nobody changes the text while people are asked (R10)
    assert Hearing.objects.get(slug="tha-mai-canal-road").draft_versions.count() == 2
    assert marsh.current_draft.blocks.filter(kind=BlockKind.ALTERNATIVE).count() == 2
    assert marsh.comments.exclude(paragraph_key="").exclude(quote="").exists()
    assert marsh.amendments.count() == 1
    assert marsh.notices.count() == 2
    assert marsh.boards.filter(posted_on__isnull=False, photo__isnull=False).count() == 3
    assert marsh.replies.filter(parent__isnull=False).exists()
    assert marsh.replies.filter(is_official=True).exists()
    assert marsh.comments.filter(pinned_at__isnull=False).count() == 1
    assert marsh.comments.filter(supports_counted__gt=10).exists()
    assert marsh.reports.open().count() == 1
    assert set(marsh.batches.values_list("status", flat=True)) == {BatchStatus.CHECKED, BatchStatus.SENT}
    assert marsh.paper_forms.get().status == PaperStatus.WAITING
    shown = marsh.attachments.get(visibility=Visibility.PUBLIC)
    assert (shown.kind, shown.submission is None) == (AttachmentKind.PHOTO, False)
    held = marsh.meetings.get(minutes__isnull=False)
    assert held.attendance.count() > 3
    assert marsh.meetings.values("series").distinct().count() == 3
    kinds = set(QuestionRevision.objects.filter(question__hearing=marsh).values_list("kind", flat=True))
    assert len(kinds) == 8
    assert QuestionRevision.objects.filter(question__hearing=marsh).exclude(show_if={}).count() == 1
    siren = Hearing.objects.get(slug="flood-sirens-sam-ngam")
    assert (siren.state(now), siren.live) == (HearingState.DRAFT, False)
