"""What each role may do in Wagtail's admin: groups, model, page and collection permissions.

``grant(apps)`` is called by a migration with the historical registry; a later migration that adds a model calls it
again. It is safe to repeat and only adds: what an office has given by hand stays. Services follow
``accounts.permissions`` instead.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes

from accounts.roles import STAFF_ROLES, Role

PUBLISHERS = (Role.OFFICE_HEAD, Role.ADMINISTRATION, Role.STRATEGY)
EDITORS = (*PUBLISHERS, Role.PROVINCE_COORDINATOR)
LEADERS = (Role.OFFICE_HEAD, Role.ADMINISTRATION)
ALL = ("add", "change", "delete", "view")
WRITE = ("add", "change", "view")

# model: (actions, roles). A model that does not exist (yet) is passed over.
MODELS: dict[str, tuple[tuple[str, ...], tuple[Role, ...]]] = {
    "core.topic": (ALL, PUBLISHERS),
    "core.responsibleunit": (ALL, PUBLISHERS),
    "core.strategyissue": (ALL, PUBLISHERS),
    "core.sitesettings": (("change",), LEADERS),
    "geography.sitecluster": (("change",), (Role.OFFICE_HEAD,)),
    "geography.cluster": (WRITE, (Role.OFFICE_HEAD, Role.STRATEGY)),
    "home.faqcategory": (ALL, PUBLISHERS),
    "home.faqentry": (ALL, PUBLISHERS),
    "home.glossaryword": (ALL, PUBLISHERS),
    "home.directorylink": (ALL, EDITORS),
    "home.agency": (ALL, PUBLISHERS),
    "home.ticket": (("view",), PUBLISHERS),
    "news.newscategory": (ALL, PUBLISHERS),
    "accounts.changeagent": (ALL, PUBLISHERS),
    "accounts.networkmember": (ALL, PUBLISHERS),
    "notifications.outboxmessage": (("view",), LEADERS),
    "wagtailredirects.redirect": (ALL, LEADERS),
    "search.searchquery": (("view",), PUBLISHERS),
    "search.synonymgroup": (ALL, PUBLISHERS),
    "wagtailsearchpromotions.searchpromotion": (("add", "change", "delete"), PUBLISHERS),
}
# People: nobody is deleted here, they are closed or delete themselves.
USERS: dict[Role, tuple[str, ...]] = {
    Role.OFFICE_HEAD: ("add", "change", "view"),
    Role.ADMINISTRATION: ("view",),
}
# (page type, roles, what they may do below pages of that type)
PAGES: tuple[tuple[str, tuple[Role, ...], tuple[str, ...]], ...] = (
    ("home.homepage", PUBLISHERS, ("add", "change", "publish", "lock", "unlock")),
    # "add" lets a person edit what they made themselves: a coordinator never edits another province's page (A056).
    ("news.newsindexpage", (Role.PROVINCE_COORDINATOR,), ("add",)),
    ("knowledge.librarypage", (Role.PROVINCE_COORDINATOR, Role.MONITORING), ("add",)),
    ("hearings.hearingindexpage", (Role.PROVINCE_COORDINATOR,), ("add",)),
    ("news.strategyindexpage", (Role.MONITORING,), ("add",)),
)
# Wagtail asks for the permissions of its own two models, whatever models a site keeps its files in. "add" lets a person
# change what they uploaded themselves.
COLLECTIONS: tuple[tuple[str, tuple[Role, ...], tuple[str, ...]], ...] = (
    ("wagtailimages.image", tuple(sorted(STAFF_ROLES)), ("add", "choose")),
    ("wagtailimages.image", PUBLISHERS, ("change",)),
    ("wagtaildocs.document", tuple(sorted(STAFF_ROLES)), ("add", "choose")),
    ("wagtaildocs.document", PUBLISHERS, ("change",)),
)
APPS = (
    "wagtailadmin", "wagtailcore", "wagtaildocs", "wagtailimages", "wagtailredirects", "core", "geography", "accounts", "home", "news",
    "knowledge", "hearings", "notifications", "search", "wagtailsearchpromotions",
)  # fmt: skip


def grant(apps: Any) -> None:
    """Create the groups and give them what the tables above say."""
    _create_missing_permissions(apps)
    group_model = apps.get_model("auth", "Group")
    groups = {role: group_model.objects.get_or_create(name=role.value)[0] for role in Role}
    for role in STAFF_ROLES:
        _give(apps, groups[role], "wagtailadmin.admin", ("access",))
    for model, (actions, roles) in MODELS.items():
        for role in roles:
            _give(apps, groups[role], model, actions)
    for role, actions in USERS.items():
        _give(apps, groups[role], "accounts.user", actions)
    _give_pages(apps, groups)
    _give_collections(apps, groups)


def _create_missing_permissions(apps: Any) -> None:
    """Django creates permissions after all migrations have run; we need them now."""
    for label in APPS:
        if not current_apps.is_installed(label) and label not in current_apps.app_configs:
            continue
        config = current_apps.get_app_config(label)
        create_contenttypes(config, verbosity=0, apps=apps)
        create_permissions(config, verbosity=0, apps=apps)


def _permissions(apps: Any, model: str, actions: tuple[str, ...]) -> list:
    label, name = model.split(".")
    codenames = [f"{action}_{name}" for action in actions]
    return list(
        apps.get_model("auth", "Permission").objects.filter(
            content_type__app_label=label, codename__in=codenames
        )
    )


def _give(apps: Any, group: Any, model: str, actions: tuple[str, ...]) -> None:
    group.permissions.add(*_permissions(apps, model, actions))


def _give_pages(apps: Any, groups: dict[Role, Any]) -> None:
    page_permission = apps.get_model("wagtailcore", "GroupPagePermission")
    for model, roles, actions in PAGES:
        try:
            page_type = apps.get_model(*model.split("."))
        except LookupError:
            continue
        permissions = _permissions(apps, "wagtailcore.page", actions)
        for page_id in page_type.objects.values_list("pk", flat=True):
            for role in roles:
                for permission in permissions:
                    page_permission.objects.get_or_create(
                        group=groups[role], page_id=page_id, permission=permission
                    )


def _give_collections(apps: Any, groups: dict[Role, Any]) -> None:
    root = apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).first()
    collection_permission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    for model, roles, actions in COLLECTIONS:
        for permission in _permissions(apps, model, actions):
            for role in roles:
                collection_permission.objects.get_or_create(
                    group=groups[role], collection=root, permission=permission
                )
