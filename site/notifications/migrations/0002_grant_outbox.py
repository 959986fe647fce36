"""Who may look at letters that could not be sent (accounts.grants)."""

from django.db import migrations


def give(apps, schema_editor):
    from accounts.grants import grant

    grant(apps)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("accounts", "0006_name_the_approval")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
