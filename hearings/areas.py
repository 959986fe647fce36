"""Hearings by area: the map of the cluster and, as its equal, the list (peers P24, P102)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale

from geography.maps import DrawnMap, draw, frame, in_dictionary_order
from geography.models import District, Province
from hearings.enums import HearingState
from hearings.models import Hearing
from hearings.views.index import CLOSED, listed

MOST_HEARINGS = 200
MOST_IN_AREA = 8


@dataclass(frozen=True)
class Area:
    """One province: what goes on there now, and how many hearings it ever had."""

    province: Province
    hearings: list[Hearing]
    open_count: int
    total: int

    @property
    def shown(self) -> list[Hearing]:
        return self.hearings[:MOST_IN_AREA]

    @property
    def anchor(self) -> str:
        return f"area-{self.province.pk}"


@dataclass(frozen=True)
class Overview:
    areas: list[Area]
    elsewhere: list[Hearing]  # of no province
    map: DrawnMap | None


def overview(now: dt.datetime) -> Overview:
    """Everything not finished yet, under each of its provinces."""
    current = list(listed(now).filter(group__lte=CLOSED)[:MOST_HEARINGS])
    by_province: defaultdict[str, list[Hearing]] = defaultdict(list)
    known: dict[str, Province] = {}
    for hearing in current:
        for province in hearing.provinces.all():
            known[province.pk] = province
            by_province[province.pk].append(hearing)
    totals = _totals()
    shown = frame(in_dictionary_order(known.values()))
    areas = [_area(province, by_province[province.pk], totals, now) for province in shown]
    elsewhere = [hearing for hearing in current if not hearing.provinces.all()]
    return Overview(areas, elsewhere, _map(areas))


def _totals() -> dict[str, int]:
    visible = Hearing.objects.visible().filter(locale=Locale.get_default())
    rows = visible.order_by().values_list("provinces").annotate(Count("pk")).exclude(provinces=None)
    return dict(rows)


def _area(province: Province, hearings: list[Hearing], totals: dict[str, int], now: dt.datetime) -> Area:
    is_open = [hearing for hearing in hearings if hearing.state(now) == HearingState.OPEN]
    return Area(province, hearings, len(is_open), totals.get(province.pk, 0))


def _map(areas: list[Area]) -> DrawnMap | None:
    drawn = draw(area.province for area in areas)
    by_code = {area.province.pk: area for area in areas}
    for tile in drawn.tiles if drawn else ():
        area = by_code[tile.province.pk]
        tile.number, tile.is_on, tile.url = area.open_count, area.open_count > 0, f"#{area.anchor}"
        words = ngettext("%(number)d open hearing", "%(number)d open hearings", area.open_count)
        tile.words = f"{tile.province.full_name}: {words % {'number': area.open_count}}"
    return drawn


@dataclass(frozen=True)
class AreaOfHearing:
    """Where one hearing is: its provinces with the districts it names there, and the same as a map."""

    places: list[tuple[Province, list[District]]]
    map: DrawnMap | None


def area_of(provinces: Sequence[Province], districts: Sequence[District]) -> AreaOfHearing:
    """The map is None where the hearing names no province, or only some that are not drawn."""
    places = [(p, [d for d in districts if d.province_id == p.pk]) for p in in_dictionary_order(provinces)]
    drawn = draw(frame(provinces)) if provinces else None
    for tile in drawn.tiles if drawn else ():
        tile.is_on = tile.province in provinces
        words = _("in the area of this hearing") if tile.is_on else _("not in the area of this hearing")
        tile.words = f"{tile.province.full_name}: {words}"
    return AreaOfHearing(places, drawn)
