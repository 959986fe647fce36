"""Publishers read what was searched, and keep words of the same meaning and recommended pages (accounts.grants)."""

from django.db import migrations

from accounts.grants import grant


def give(apps, schema_editor):
    grant(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_ask_more"),
        ("accounts", "0007_grant_explained_words"),
        ("wagtailsearchpromotions", "0008_query_verbose_name"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
