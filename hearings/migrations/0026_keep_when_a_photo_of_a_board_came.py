"""Boards from before are proved from the day the photo they show now was stored: an earlier one is not known."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    image = apps.get_model("core", "CustomImage").objects.filter(pk=OuterRef("photo"))
    boards = apps.get_model("hearings", "NoticeBoard").objects.filter(photo__isnull=False)
    boards.update(photo_since=Subquery(image.values("created_at")))


class Migration(migrations.Migration):
    dependencies = [("hearings", "0025_comment_topic")]

    operations = [
        migrations.AddField(
            model_name="noticeboard",
            name="photo_since",
            field=models.DateTimeField(editable=False, null=True, verbose_name="photo since"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
