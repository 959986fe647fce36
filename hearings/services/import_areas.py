"""Places in a spreadsheet by their names, and what was probably meant by a name nobody knows."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from geography.models import District, Province, Subdistrict
from hearings.models import Hearing
from hearings.services.import_columns import AREAS, Trouble
from hearings.services.import_reading import Reading

PREFIX = re.compile(r"^(จังหวัด|จ\.|อำเภอ|อ\.|ตำบล|ต\.|เขต|แขวง)\s*")


class Areas:
    """Places by their names: read once, looked up as often as there are rows. Lower levels make upper ones certain."""

    def __init__(self, hearing: Hearing) -> None:
        self.names: dict[str, dict[str, list[str]]] = {}
        for column, model in zip(AREAS, (Province, District, Subdistrict), strict=True):
            names = self.names.setdefault(str(column), {})
            for code, name in model._default_manager.values_list("code", "name"):
                names.setdefault(name, []).append(code)
        self.home = tuple(hearing.acting_provinces())
        self.home_districts = tuple(hearing.districts.values_list("pk", flat=True))

    def find(
        self, reading: Reading, number: int, typed: Mapping[str, str], at: str = ""
    ) -> dict[str, str | None]:
        """The codes of the lowest level named; the levels above follow from its code (2, 4 and 6 digits)."""
        within = ""
        for column, names in self.names.items():
            name = PREFIX.sub("", typed.get(column, "")).strip()
            if not name:
                continue
            found = self._pick(names.get(name, []), within)
            if found is None:
                hint = self._like(name, names, within)
                reading.complain(number, at or column, Trouble.UNKNOWN_AREA, typed[column], hint)
                return {}
            within = found
        return {
            "province": within[:2] or None,
            "district": within[:4] if len(within) >= 4 else None,
            "subdistrict": within if len(within) == 6 else None,
        }

    def _pick(self, codes: list[str], within: str) -> str | None:
        """One place of that name: in what stands above it, or else in the area of the hearing; never a guess."""
        inside = [code for code in codes if code.startswith(within)]
        if len(inside) == 1:
            return inside[0]
        for area in (self.home_districts, self.home):
            near = [code for code in inside if area and code.startswith(area)]
            if len(near) == 1:
                return near[0]
        return None

    def _like(self, name: str, names: dict[str, list[str]], within: str) -> str:
        area = (within,) if within else self.home or ("",)
        near = [known for known, codes in names.items() if any(code.startswith(area) for code in codes)]
        return next(iter(difflib.get_close_matches(name, near, n=1, cutoff=0.6)), "")
