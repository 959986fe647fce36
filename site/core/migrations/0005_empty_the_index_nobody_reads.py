from django.db import migrations


class Migration(migrations.Migration):
    """Until core.admin_search took over, Wagtail kept the words of every page here; deleted pages left theirs behind."""

    dependencies = [
        ("core", "0004_keep_words_of_files"),
        ("wagtailsearch", "0006_customise_indexentry"),
    ]

    operations = [
        migrations.RunSQL("DELETE FROM wagtailsearch_indexentry", migrations.RunSQL.noop),
    ]
