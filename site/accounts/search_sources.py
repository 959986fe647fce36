"""What search finds of the network: organisations, and people who agreed to be shown, as the directory shows them (A020)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.enums import ChangeAgentKind
from accounts.models import ChangeAgent, NetworkMember
from core.searchable import Searchable, SearchDocument, key_for, register
from core.types import Words

LANGUAGE = "th"
ORGANISATION = "organisation"
VARIETIES: dict[str, Words] = {ORGANISATION: _("Organisation"), **dict(ChangeAgentKind.choices)}


def public_people() -> QuerySet[ChangeAgent]:
    return ChangeAgent.objects.public().with_area()


def public_members() -> QuerySet[NetworkMember]:
    return NetworkMember.objects.public().select_related("province")


def _address(anchor: str, **chosen: str | int | None) -> str:
    """In the directory of the province, where the list is short."""
    asked = urlencode({name: value for name, value in chosen.items() if value})
    return f"{reverse('accounts:network')}{'?' if asked else ''}{asked}#{anchor}"


def person_document(agent: ChangeAgent) -> SearchDocument:
    """Never the telephone: who looks for a number finds the person in the directory, if it may be shown."""
    topics = list(agent.topics.all())
    with override(LANGUAGE):
        return SearchDocument(
            key=key_for(agent),
            kind="person",
            title=agent.display_name,
            url=_address(f"agent-{agent.pk}", province=agent.province_id, person=agent.pk),
            body="\n".join([agent.bio, *(topic.display_name for topic in topics)]).strip(),
            language=LANGUAGE,
            provinces=(agent.province_id,),
            topics=tuple(topic.slug for topic in topics),
            variety=agent.kind,
            detail=f"{agent.get_kind_display()} · {agent.place}",
        )


def member_document(member: NetworkMember) -> SearchDocument:
    with override(LANGUAGE):
        place = member.province.full_name if member.province else _("Whole cluster")
        return SearchDocument(
            key=key_for(member),
            kind="person",
            title=member.name,
            url=_address(f"member-{member.pk}", province=member.province_id),
            body=member.name_en,
            language=LANGUAGE,
            provinces=(member.province_id,) if member.province_id else (),
            sectors=(member.sector,),
            variety=ORGANISATION,
            detail=f"{member.get_sector_display()} · {place}",
        )


def register_searchables() -> None:
    label = _("People and organisations of the network")
    register(
        Searchable(
            "person", label, ChangeAgent, public_people, person_document, icon="people", order=70,
            varieties=VARIETIES,
        )
    )  # fmt: skip
    register(
        Searchable(
            "person", label, NetworkMember, public_members, member_document, icon="people", order=71,
            varieties=VARIETIES,
        )
    )  # fmt: skip
