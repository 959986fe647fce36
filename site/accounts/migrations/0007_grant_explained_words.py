"""Publishers keep the explained words, which home added after the roles (accounts.grants)."""

from django.db import migrations

from accounts.grants import grant


def give(apps, schema_editor):
    grant(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_name_the_approval"),
        ("home", "0005_explain_words"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
