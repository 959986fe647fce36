"""The groups of the seven roles and what they may do in the admin (accounts.grants).

Wagtail's own two groups make room, if nobody is in them; its approval step goes to our publishers.
"""

from django.db import migrations

from accounts.grants import PUBLISHERS, grant
from accounts.roles import Role

WAGTAILS_GROUPS = ("Editors", "Moderators")


def give(apps, schema_editor):
    grant(apps)
    Group = apps.get_model("auth", "Group")
    for task in apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(groups__name="Moderators"):
        task.groups.add(*Group.objects.filter(name__in=PUBLISHERS))
    Group.objects.filter(name__in=WAGTAILS_GROUPS, user=None).delete()


def take_back(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Group.objects.filter(name__in=Role.values).delete()
    for name in WAGTAILS_GROUPS:
        Group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_network_and_slips"),
        ("core", "0001_initial"),
        ("geography", "0003_load_clusters"),
        ("hearings", "0002_create_index"),
        ("home", "0003_questions_tickets_directory"),
        ("knowledge", "0002_create_library"),
        ("news", "0002_create_indexes"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0090_remove_grouppagepermission_permission_type"),
        ("wagtailredirects", "0001_initial"),
    ]

    operations = [migrations.RunPython(give, take_back)]
