"""The list of hearings under each language's home page: /hearings/ and /en/hearings/."""

import uuid

from django.db import migrations

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
STEP = 4


def next_child_path(Page, parent):
    """The next free path below ``parent``. Other apps add their pages at the same time, so nothing is assumed."""
    last = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1).order_by("path").last()
    number = int(last.path[-STEP:], 36) + 1 if last else 1
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = ALPHABET[rest] + digits
    return parent.path + digits.rjust(STEP, "0")


def create_index_pages(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    ContentType = apps.get_model("contenttypes", "ContentType")
    HomePage = apps.get_model("home", "HomePage")
    HearingIndexPage = apps.get_model("hearings", "HearingIndexPage")
    content_type, _ = ContentType.objects.get_or_create(app_label="hearings", model="hearingindexpage")

    key = uuid.uuid4()
    for slug, title in [("home", "รับฟังความเห็น"), ("home-en", "Hearings")]:
        home = HomePage.objects.get(slug=slug)
        HearingIndexPage.objects.create(
            title=title, draft_title=title, slug="hearings", content_type=content_type, locale_id=home.locale_id,
            translation_key=key, path=next_child_path(Page, home), depth=home.depth + 1, numchild=0,
            url_path=f"{home.url_path}hearings/", show_in_menus=True,
        )
        Page.objects.filter(pk=home.pk).update(numchild=home.numchild + 1)


def remove_index_pages(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    for page in apps.get_model("hearings", "HearingIndexPage").objects.all():
        parent = Page.objects.get(path=page.path[:-STEP])
        page.delete()
        Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild - 1)


class Migration(migrations.Migration):
    dependencies = [
        ("hearings", "0001_initial"),
        ("home", "0002_create_homepage"),
    ]

    operations = [migrations.RunPython(create_index_pages, remove_index_pages)]
