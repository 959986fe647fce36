"""Copied hearings of the factory are what the services write: every table, every column, every signal."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page

from core.models import StrategyIssue
from geography.models import Province
from hearings.enums import ModerationMode
from hearings.models import HearingIndexPage
from hearings.services.publish_result import publish_result
from search import signal_handlers
from tests.factories import copies
from tests.factories import hearings as factory
from tests.factories.hearings import HearingFactory, comment, office_head

pytestmark = pytest.mark.django_db
Snapshot = dict[type[Model], dict[Any, dict[str, Any]]]
CLOCK = {"first_published_at", "last_published_at", "latest_revision_created_at", "created_at", "timestamp"}
TRAITS: dict[str, dict[str, Any]] = {
    "plain": {},
    "rich": {
        "provinces": ["60", "66"],
        "moderation_mode": ModerationMode.PRE,
        "sections": [("ก", '<p data-block-key="mine1">หนึ่ง</p><p>สอง</p>'), ("ข", "<p>สาม</p>")],
        "methods": (("online_form", ""), ("meeting", "ที่วัด"), ("paper_form", "ที่ อบต.")),
        "contacts": ["สมศรี", "สมชาย"],
        "result_body": [("paragraph", "<p>รับไว้</p>")],
        "title": "ขุดลอกบึงสามแพรก",
        "title_en": "Dredging",
        "live": True,
    },
}


@pytest.fixture(autouse=True)
def no_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other tests announced is not copied here."""
    monkeypatch.setattr(factory, "announced_kinds", {})


def everything() -> Snapshot:
    found = {}
    for model in apps.get_models(include_auto_created=True):
        names = [field.attname for field in model._meta.fields]
        order = names[1:] if model._meta.auto_created else ["pk"]  # places are linked in no order
        found[model] = {row["pk"]: row for row in model._base_manager.order_by(*order).values("pk", *names)}
    return found


def written(before: Snapshot, after: Snapshot) -> dict[str, list[dict[str, Any]]]:
    """Rows that are new or changed, each place of the hearing's own keys and moments told by its part in it."""
    fresh = {
        model: [row for pk, row in rows.items() if row != before[model].get(pk)]
        for model, rows in after.items()
    }
    for page in fresh[Page]:
        page["numchild"] -= before[Page].get(page["pk"], page)["numchild"]
    fresh[HearingIndexPage] = []  # a part of its page
    own = {(model, row["pk"]): number for model, rows in fresh.items() for number, row in enumerate(rows)}
    keys: dict[str, str] = {}
    return {
        model._meta.label: [_told(model, row, own, keys) for row in rows]
        for model, rows in fresh.items()
        if rows
    }


def _told(model: type[Model], row: dict, own: dict, keys: dict[str, str]) -> dict[str, Any]:
    told = {}
    for field in model._meta.fields:
        value = int(row[field.attname]) if field.name == "object_id" else row[field.attname]
        target = Page if field.name == "object_id" else field.related_model or model
        if (field.primary_key or field.is_relation or field.name == "object_id") and (target, value) in own:
            value = f"{target.__name__} {own[target, value]}"
        elif field.name in CLOCK and value is not None:
            value = timezone.now() - value < dt.timedelta(minutes=1)
        told[field.name] = _general(value, keys)
    return told


def _general(value: Any, keys: dict[str, str]) -> Any:
    """Texts with the names of one hearing taken out: numbers of its title, slug, code, notice; random keys."""
    text = json.dumps(value, default=str, ensure_ascii=False)
    text = re.sub(r"(บึงสามแพรก) \d+", r"\1 N", text)
    text = re.sub(r"(hearing|ทด)-\d+-[0-9a-f]{6}", r"\1-N", text)
    text = re.sub(r'(?<=")\d+/2569', "N/2569", text)
    text = re.sub(r"/h/\d+", "/h/N", text)
    text = re.sub(r'("(?:pk|hearing)": )\d+', r"\1N", text)
    text = re.sub(r"(?<=0001000100040)\w{3}", "NNN", text)
    return copies.KEYS.sub(
        lambda found: keys.setdefault(found[2] or found[0], found[2] if found[2] == "mine1" else f"key {len(keys)}"), text
    )  # fmt: skip


@pytest.mark.parametrize("trait", TRAITS)
def test_a_copy_writes_the_rows_that_the_services_write(now: dt.datetime, trait: str) -> None:
    HearingFactory.upcoming(now)  # makes what there is once: its author, the settings of the site
    issue = StrategyIssue.objects.create(number=1, title="น้ำ", period_start=2566, period_end=2570)
    fields = {**TRAITS[trait], "issues": [issue.pk] if trait == "rich" else []}
    first = everything()
    served = HearingFactory.open(now, **fields)
    second = everything()
    factory.announced_kinds.clear()
    other_year = now - dt.timedelta(days=400, hours=7)  # so that the copy changes its moments
    HearingFactory.open(other_year, **fields)
    third = everything()
    copied = HearingFactory.open(now, **fields)
    by_services, by_copying = written(first, second), written(third, everything())
    for table, rows in by_services.items():
        assert by_copying[table] == rows
    assert by_copying.keys() == by_services.keys()
    assert len(by_services) >= 11
    assert vars(copied).keys() == vars(served).keys()


def test_a_copy_has_names_and_keys_of_its_own(now: dt.datetime) -> None:
    hearings = [HearingFactory.open(now) for _ in range(4)]
    for name in ("pk", "path", "title", "slug", "code", "translation_key", "notice_number", "url_path"):
        assert len({getattr(hearing, name) for hearing in hearings}) == 4, name
    sections = [section for hearing in hearings for section in hearing.current_draft.sections]
    assert len({section.key for section in sections}) == len({section.body for section in sections}) == 12
    for hearing in hearings:
        content = hearing.latest_revision.content
        assert [block["id"] for block in json.loads(content["draft"])] == [
            str(section.key) for section in hearing.current_draft.sections
        ]
        assert [row["pk"] for row in content["methods"]] == [row.pk for row in hearing.methods.order_by("pk")]
    index = factory.thai_index()
    assert index.numchild == 4 == index.get_children().count()
    assert type(index).find_problems() == ([], [], [], [], [])


def test_search_is_told_of_a_copy_as_of_the_first(now: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple] = []
    monkeypatch.setattr(
        signal_handlers, "_after_commit", lambda task, *arguments: told.append((task, *arguments))
    )
    first = HearingFactory.open(now)
    by_services = [tuple("pk" if part == first.pk else part for part in call) for call in told]
    told.clear()
    copied = HearingFactory.open(now)
    assert [tuple("pk" if part == copied.pk else part for part in call) for call in told] == by_services
    assert by_services


def test_a_copy_goes_on_as_a_hearing_does(now: dt.datetime) -> None:
    HearingFactory.closed(now)
    copied = HearingFactory.closed(now)
    assert comment(copied, now - dt.timedelta(days=20), block=1)
    copied.result_body = [("paragraph", "<p>รับไว้</p>")]
    copied.save_revision()
    assert publish_result(hearing=copied, actor=office_head(), now=now).has_result


def test_what_lives_in_one_test_only_is_announced_each_time(now: dt.datetime) -> None:
    place = Province.objects.get(pk="60")
    assert copies.kind_of({"provinces": [place]}) == copies.kind_of({"provinces": ["60"]})
    assert copies.kind_of({"closes_at": now}) is None
    assert copies.kind_of({"listing_image": office_head()}) is None
