"""The library: the index page of all lessons (requirements A188)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.models import BasePage


class LibraryPage(BasePage):
    """Lists the lessons with facets. One a language; made by migration 0002."""

    template = "pages/library_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["knowledge.LessonPage"]
    max_count_per_parent = 1
    page_description = _("The library of lessons.")
    slug_prefix = "knowledge"

    class Meta:
        verbose_name = _("lessons library")
