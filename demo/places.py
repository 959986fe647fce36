"""Places by their names: ``พิจิตร/บางมูลนาก/หอไกร``. Inside the level above a name is unique."""

from __future__ import annotations

from geography.models import Area, District, Province, Subdistrict


def place(path: str) -> dict[str, Area]:
    """The areas of a path by level; an empty path is no place."""
    names = path.split("/") if path else []
    found: dict[str, Area] = {}
    if names:
        found["province"] = Province.objects.get(name=names[0])
    if len(names) > 1:
        found["district"] = District.objects.get(province=found["province"], name=names[1])
    if len(names) > 2:
        found["subdistrict"] = Subdistrict.objects.get(district=found["district"], name=names[2])
    return found
