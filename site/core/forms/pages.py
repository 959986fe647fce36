"""The admin form behind every page: makes the address from a Thai title, so an editor never has to."""

from __future__ import annotations

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from core.slugs import ascii_slug


class BasePageForm(WagtailAdminPageForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict:
        # Before the parent's clean, which checks that the address is free.
        if "slug" in self.fields and not self.cleaned_data.get("slug") and self.cleaned_data.get("title"):
            self.cleaned_data["slug"] = self._free_slug(self.cleaned_data["title"])
            self.errors.pop("slug", None)
        return super().clean()

    def _free_slug(self, title: str) -> str:
        slug = ascii_slug(title, self.instance.slug_prefix)
        candidate, number = slug, 2
        while not Page._slug_is_available(candidate, self.parent_page, self.instance):
            candidate, number = f"{slug}-{number}", number + 1
        return candidate
