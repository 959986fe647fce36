"""Choices that several apps share (design.md, decision 1)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sector(TextChoices):
    """Who speaks. Six values everywhere; balance (rule R9) watches the first three."""

    CITIZEN = "citizen", _("Citizens")
    PRIVATE = "private", _("Private sector")
    LOCAL_GOV = "local_gov", _("Local government")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    ACADEMIC = "academic", _("Educational institution")
    GOVERNMENT = "government", _("Government agency")


class Level(TextChoices):
    """Level of development a text speaks about (requirements A236)."""

    COMMUNITY = "community", _("Village or community")
    LOCAL = "local", _("Local government area")
    DISTRICT = "district", _("District")
    PROVINCE = "province", _("Province")
    CLUSTER = "cluster", _("Provincial cluster")
    NATIONAL = "national", _("National")


class FileProblem(TextChoices):
    """Why search knows no words of a file (core.file_text); said to the editor."""

    BROKEN = "broken", _("The file cannot be read. Open it, save it again and upload the new file.")
    LOCKED = "locked", _("The file is protected with a password, so its words cannot be found.")
    PICTURES = (
        "pictures",
        _("There are only pictures of pages in it, no words: a scan without text recognition."),
    )
    TOO_LARGE = (
        "too_large",
        _("The file unfolds to far more than a text of this kind. Its words are not read."),
    )
