"""Wagtail's ready-made workflow gets a name an editor here understands; it stands on the page editor's button."""

from django.db import migrations

ENGLISH, THAI = "Moderators approval", "ตรวจก่อนเผยแพร่"


def rename(apps, old, new):
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name=old).update(name=new)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_grant_strategy_issues"),
        ("wagtailcore", "0053_locale_model"),
    ]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: rename(apps, ENGLISH, THAI),
            lambda apps, schema_editor: rename(apps, THAI, ENGLISH),
        )
    ]
