"""Comments from before words were compared get their fingerprint, so that copies of them are found, too."""

from django.db import migrations

from hearings.same_words import fingerprint


def fill(apps, schema_editor):
    comment = apps.get_model("hearings", "Comment")
    batch = []
    rows = comment.objects.filter(words_hash="").exclude(reason="", suggestion="")
    for row in rows.only("pk", "reason", "suggestion").iterator(2000):
        row.words_hash = fingerprint(row.reason, row.suggestion)
        if row.words_hash:
            batch.append(row)
        if len(batch) == 2000:
            comment.objects.bulk_update(batch, ["words_hash"])
            batch = []
    comment.objects.bulk_update(batch, ["words_hash"])


class Migration(migrations.Migration):
    dependencies = [("hearings", "0013_let_copied_meetings_wait_for_their_day")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
