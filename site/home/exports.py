"""The agency directory as open data (requirement A041)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from core.cells import safe_cell
from home.models import Agency

COLUMNS = ("name_th", "name_en", "abbreviation", "kind", "kind_label", "province_code", "province", "url")
BOM = "\ufeff"  # without it Excel reads Thai as noise


def agency_record(agency: Agency) -> dict[str, str]:
    return {
        "name_th": agency.name,
        "name_en": agency.name_en,
        "abbreviation": agency.abbreviation,
        "kind": agency.kind,
        "kind_label": str(agency.get_kind_display()),
        "province_code": agency.province_id or "",
        "province": agency.province.name if agency.province else "",
        "url": agency.url,
    }


class _Line:
    """What csv.writer needs to hand a line on instead of writing it."""

    def write(self, line: str) -> str:
        return line


def agency_lines(agencies: Iterable[Agency]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield BOM + writer.writerow(COLUMNS)
    for agency in agencies:
        yield writer.writerow([safe_cell(value) for value in agency_record(agency).values()])
