"""The 18 provincial clusters as announced in 2560, from data/clusters.json."""

from django.db import migrations

from core.names import forget_names
from geography.areas import load_clusters, read_clusters


def load(apps, schema_editor):
    load_clusters(apps.get_model("geography", "Cluster"))
    forget_names()


def unload(apps, schema_editor):
    slugs = [row["slug"] for row in read_clusters()["clusters"]]
    apps.get_model("geography", "SiteCluster").objects.filter(cluster__slug__in=slugs).delete()
    apps.get_model("geography", "Cluster").objects.filter(slug__in=slugs).delete()
    forget_names()


class Migration(migrations.Migration):
    dependencies = [("geography", "0002_load_areas")]
    operations = [migrations.RunPython(load, unload)]
