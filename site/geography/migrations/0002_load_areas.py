"""Provinces, districts and sub-districts of Thailand from data/areas.json.gz."""

from django.db import migrations

from core.names import forget_names
from geography.areas import load_areas, remove_areas


def classes(apps):
    return [apps.get_model("geography", name) for name in ("Province", "District", "Subdistrict")]


def load(apps, schema_editor):
    load_areas(*classes(apps))
    forget_names()


def unload(apps, schema_editor):
    remove_areas(*classes(apps))
    forget_names()


class Migration(migrations.Migration):
    dependencies = [("geography", "0001_initial")]
    operations = [migrations.RunPython(load, unload)]
