"""The library in both languages: /knowledge/ and /en/knowledge/."""

import uuid

from django.db import migrations

TITLES = {"th": "คลังบทเรียน", "en": "Lessons library"}
SUMMARIES = {
    "th": "เรื่องที่เพื่อนบ้านทำแล้วได้ผล และเรื่องที่พลาดแล้วอยากบอกต่อ ก่อนเริ่มงานของท่าน",
    "en": "What worked for your neighbours, and what they would warn you about, before you begin.",
}
STEP = 4  # characters of one level in a treebeard path
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def next_child_path(Page, parent):
    """The path after the last child of ``parent``, counted in treebeard's base 36."""
    last = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1).order_by("path").last()
    number = int(last.path[-STEP:], 36) + 1 if last else 1
    digits = ""
    while number:
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return parent.path + digits.rjust(STEP, "0")


def create_library(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    ContentType = apps.get_model("contenttypes", "ContentType")
    HomePage = apps.get_model("home", "HomePage")
    LibraryPage = apps.get_model("knowledge", "LibraryPage")

    content_type, _ = ContentType.objects.get_or_create(model="librarypage", app_label="knowledge")
    key = uuid.uuid4()
    for home in HomePage.objects.filter(slug__in=["home", "home-en"]).select_related("locale"):
        language = home.locale.language_code
        LibraryPage.objects.create(
            title=TITLES[language], draft_title=TITLES[language], slug="knowledge", summary=SUMMARIES[language],
            content_type=content_type, locale=home.locale, translation_key=key,
            path=next_child_path(Page, home), depth=home.depth + 1, numchild=0,
            url_path=f"{home.url_path}knowledge/", show_in_menus=True,
        )
        Page.objects.filter(pk=home.pk).update(numchild=home.numchild + 1)


def remove_library(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    LibraryPage = apps.get_model("knowledge", "LibraryPage")
    for library in LibraryPage.objects.all():
        home = Page.objects.get(path=library.path[:-STEP])
        Page.objects.filter(pk=home.pk).update(numchild=home.numchild - 1)
        library.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0001_initial"),
        ("home", "0002_create_homepage"),
    ]

    operations = [migrations.RunPython(create_library, remove_library)]
