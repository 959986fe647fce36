"""Reading the data files into the tables. Used by the migrations, so it takes the model classes as arguments."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from django.db.models import Model

DATA = Path(__file__).parent / "data"
BATCH = 2_000
Classes = tuple[type[Model], type[Model], type[Model]]


def read_areas() -> dict[str, Any]:
    return json.loads(gzip.decompress((DATA / "areas.json.gz").read_bytes()))


def read_clusters() -> dict[str, Any]:
    return json.loads((DATA / "clusters.json").read_text(encoding="utf-8"))


def load_areas(province: type[Model], district: type[Model], subdistrict: type[Model]) -> None:
    """Insert what is missing and update names; safe to repeat."""
    areas = read_areas()
    for model, rows, parent, digits in (
        (province, areas["provinces"], None, 0),
        (district, areas["districts"], "province_id", 2),
        (subdistrict, areas["subdistricts"], "district_id", 4),
    ):
        fields = ["name", "name_en", *([parent] if parent else [])]
        model._default_manager.bulk_create(
            (
                model(code=code, name=name, name_en=name_en, **({parent: code[:digits]} if parent else {}))
                for code, name, name_en in rows
            ),
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=[field.removesuffix("_id") for field in fields],
        )


def remove_areas(province: type[Model], district: type[Model], subdistrict: type[Model]) -> None:
    """The way back: sub-districts first, because each level protects its parent."""
    areas = read_areas()
    for model, rows in (
        (subdistrict, areas["subdistricts"]),
        (district, areas["districts"]),
        (province, areas["provinces"]),
    ):
        codes = [row[0] for row in rows]
        for start in range(0, len(codes), BATCH):
            model._default_manager.filter(pk__in=codes[start : start + BATCH]).delete()


def load_clusters(cluster: type[Any]) -> None:
    """The announced clusters; an existing one is left as the office has it."""
    data = read_clusters()
    for row in data["clusters"]:
        found, created = cluster._default_manager.get_or_create(
            slug=row["slug"],
            defaults={
                **{name: row[name] for name in ("region", "region_en", "name", "name_en")},
                "operation_centre_id": row["operation_centre"],
                "valid_from": data["valid_from"],
                "legal_basis": data["legal_basis"],
            },
        )
        if created:
            found.provinces.set(row["provinces"])
