"""Pictures and files were granted on our models; Wagtail asks on its own, so nobody but a superuser could upload."""

from django.db import migrations

from accounts.grants import grant


def give(apps, schema_editor):
    apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(
        permission__content_type__app_label="core",
        permission__content_type__model__in=["customimage", "customdocument"],
    ).delete()
    grant(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_grant_explained_words"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
