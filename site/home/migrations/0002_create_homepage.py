"""The two languages and the site's first pages: Thai at /, English at /en/."""

from django.db import migrations


def create_homepages(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    ContentType = apps.get_model("contenttypes", "ContentType")
    HomePage = apps.get_model("home", "HomePage")

    # Wagtail's migrations made one locale (LANGUAGE_CODE) and a welcome page.
    thai = Locale.objects.get(language_code="th")
    english, _ = Locale.objects.get_or_create(language_code="en")
    Page.objects.filter(slug="home", depth=2).delete()
    root = Page.objects.get(depth=1)
    content_type, _ = ContentType.objects.get_or_create(model="homepage", app_label="home")

    import uuid

    key = uuid.uuid4()
    home = None
    for number, (locale, slug, title) in enumerate([(thai, "home", "หน้าแรก"), (english, "home-en", "Home")], start=1):
        page = HomePage.objects.create(
            title=title, draft_title=title, slug=slug, content_type=content_type, locale=locale,
            translation_key=key, path=f"{root.path}{number:04d}", depth=2, numchild=0, url_path=f"/{slug}/",
        )
        home = home or page
    root.numchild = 2
    root.save(update_fields=["numchild"])
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", port=80, root_page=home, is_default_site=True, site_name="ประชาคม")


def remove_homepages(apps, schema_editor):
    apps.get_model("wagtailcore", "Site").objects.all().delete()
    apps.get_model("home", "HomePage").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("wagtailcore", "0054_initial_locale"),
    ]

    operations = [migrations.RunPython(create_homepages, remove_homepages)]
