"""The lists of news and of strategy documents exist from the start, in Thai and English (/news/, /strategy/)."""

import uuid

from django.db import migrations

# model, content type, slug, Thai title and summary, English title and summary
INDEXES = [
    (
        "NewsIndexPage", "newsindexpage", "news",
        "ข่าวและประกาศ", "ข่าว ประกาศ คำเชิญประชุม และเรื่องสำหรับผู้ประกอบการของกลุ่มจังหวัด",
        "News and announcements", "News, announcements and invitations of the provincial cluster.",
    ),
    (
        "StrategyIndexPage", "strategyindexpage", "strategy",
        "แผนและเอกสาร", "แผนพัฒนา คำสั่ง หนังสือเวียน ระเบียบ คู่มือ และรายงาน พร้อมสรุปสั้นให้อ่านบนเว็บ",
        "Plans and documents", "Plans, orders, circulars, regulations, manuals and reports, each with a short summary.",
    ),
]  # fmt: skip
STEP = 4  # treebeard's length of one step of a path
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def next_step(step):
    """The step after this one in treebeard's base 36."""
    number = int(step, 36) + 1
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = ALPHABET[rest] + digits
    return digits.rjust(STEP, "0")


def add_child(Page, model, parent, **fields):
    """A child after the last one. Historical models have no treebeard methods, and other apps add children too."""
    parent = Page.objects.get(pk=parent.pk)
    depth = parent.depth + 1
    last = Page.objects.filter(path__startswith=parent.path, depth=depth).order_by("-path").first()
    step = next_step(last.path[-STEP:]) if last else "1".rjust(STEP, "0")
    page = model.objects.create(
        path=parent.path + step, depth=depth, numchild=0, url_path=f"{parent.url_path}{fields['slug']}/", **fields
    )
    parent.numchild = Page.objects.filter(path__startswith=parent.path, depth=depth).count()
    parent.save(update_fields=["numchild"])
    return page


def create_indexes(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    ContentType = apps.get_model("contenttypes", "ContentType")
    homes = {
        home.locale.language_code: home
        for home in apps.get_model("home", "HomePage").objects.select_related("locale").order_by("path")
    }
    for name, model_name, slug, *words in INDEXES:
        model = apps.get_model("news", name)
        content_type, _ = ContentType.objects.get_or_create(app_label="news", model=model_name)
        key = uuid.uuid4()
        for language, title, summary in (("th", *words[:2]), ("en", *words[2:])):
            home = homes.get(language)
            if home is None or Page.objects.filter(url_path=f"{home.url_path}{slug}/").exists():
                continue
            add_child(
                Page, model, home, slug=slug, title=title, draft_title=title, summary=summary,
                content_type=content_type, locale=home.locale, translation_key=key, show_in_menus=True,
            )


def remove_indexes(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    HomePage = apps.get_model("home", "HomePage")
    for name, *_ in INDEXES:
        for page in apps.get_model("news", name).objects.filter(numchild=0):
            page.delete()
    for home in HomePage.objects.all():
        home.numchild = Page.objects.filter(path__startswith=home.path, depth=home.depth + 1).count()
        home.save(update_fields=["numchild"])


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0001_initial"),
        ("home", "0002_create_homepage"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(create_indexes, remove_indexes)]
