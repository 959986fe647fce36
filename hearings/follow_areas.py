"""Follow every hearing of a province or of a topic (requirements A175, A177).

They have no events of their own: a hearing's event names them, so that whoever follows several gets one letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.models import Topic
from core.nearby import remember
from core.sorting import thai_key
from core.thaidate import is_thai
from core.urls_for import DEFAULT_LANGUAGE, language_path
from geography.models import Province
from geography.querysets import ProvinceQuerySet
from hearings.models import Hearing, HearingTopic
from notifications.sources import Source, Thing, register

PROVINCE, TOPIC = "province", "topic"
# One way to write a number: else one address could follow "7" and "007", and hear of the second nothing.
PRIMARY_KEY = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


def register_follow_areas() -> None:
    register(Source(PROVINCE, title=_province_title, path=_province_path))
    register(Source(TOPIC, title=_topic_title, path=_topic_path, existing=_existing_topics))


def places_and_topics(hearing: Hearing) -> list[Thing]:
    provinces = Province.objects.filter(hearings=hearing).order_by("pk").values_list("pk", flat=True)
    topics = (
        HearingTopic.objects.filter(content_object=hearing).order_by("pk").values_list("tag_id", flat=True)
    )
    return [*((PROVINCE, code) for code in provinces), *((TOPIC, str(key)) for key in topics)]


def choices() -> tuple[list[Province], list[Topic]]:
    """All that can be followed, for a list to choose from."""
    provinces, topics = remember("hearings:follow", lambda: (list(_provinces()), list(Topic.objects.all())))
    return sorted(provinces, key=_by_name), sorted(topics, key=_by_name)


def _by_name(found: Province | Topic) -> tuple | str:
    return thai_key(found.name) if is_thai() else found.display_name


def _provinces() -> ProvinceQuerySet:
    """Ours, and neighbours that were asked about something before: of others no letter would ever come."""
    ours = Province.objects.all().of_this_site().values("pk")
    asked = Hearing.objects.visible().values("provinces")
    return Province.objects.filter(Q(pk__in=ours) | Q(pk__in=asked))


def _province_title(code: str) -> str | None:
    found = _provinces().filter(pk=code).first()
    return _("Hearings in %(place)s") % {"place": found.full_name} if found else None


def _province_path(code: str) -> str:
    return _list(f"province={code}")


def _topic(key: str) -> Topic | None:
    return Topic.objects.filter(pk=int(key)).first() if PRIMARY_KEY.fullmatch(key) else None


def _existing_topics(keys: set[str]) -> Iterable[int]:
    return Topic.objects.filter(pk__in=filter(PRIMARY_KEY.fullmatch, keys)).values_list("pk", flat=True)


def _topic_title(key: str) -> str | None:
    topic = _topic(key)
    return _("Hearings about %(topic)s") % {"topic": topic.display_name} if topic else None


def _topic_path(key: str) -> str | None:
    topic = _topic(key)
    return _list(f"topic={topic.slug}") if topic else None


def _list(query: str) -> str:
    return language_path(f"/hearings/?{query}", get_language() or DEFAULT_LANGUAGE)
