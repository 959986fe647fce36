"""Publishers keep the list of strategy issues, which core added after the roles (accounts.grants)."""

from django.db import migrations

from accounts.grants import grant


def give(apps, schema_editor):
    grant(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_roles"),
        ("core", "0002_strategy_issues"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
