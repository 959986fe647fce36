"""The tree of public pages, for people (A015) and for search engines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from core.searchable import only_public

# News, lessons and hearings grow by the hundred: show the newest ones, and the list has the rest.
MANY = 12
# Addresses that are not pages of the tree.
VIEWS = [
    ("/faq/", _("Questions and answers")),
    ("/faq/ask/", _("Ask a new question")),
    ("/local-government/", _("For local government")),
    ("/words/", _("Words explained")),
    ("/contact/", _("Contact us")),
    ("/links/", _("Links")),
    ("/agencies/", _("Agencies and partners")),
    ("/r/", _("Look up a receipt")),
    ("/search/", _("Search")),
    ("/feeds/", _("News feeds (RSS)")),
    ("/site-map/", _("Site map")),
]
NOT_FOR_ENGINES = ("/search/", "/r/", "/faq/ask/")


@dataclass
class Branch:
    page: Page
    title: str
    translated: bool
    children: list[Branch] = field(default_factory=list)

    @cached_property
    def shown(self) -> list[Branch]:
        """All children, or the newest if there are many."""
        if len(self.children) <= MANY:
            return self.children
        newest = sorted(
            self.children,
            key=lambda b: (b.page.last_published_at is not None, b.page.last_published_at),
            reverse=True,
        )
        return newest[: MANY - 2]

    @property
    def more(self) -> int:
        return len(self.children) - len(self.shown)


def public_tree(site: Site, language: str) -> Branch | None:
    """Live pages without a privacy restriction, as a tree: one query for Thai, one more for English titles.

    Pages under a restricted page are restricted too (A032), so ``public()`` leaves whole branches out.
    """
    home = site.root_page
    pages = list(only_public(home.get_descendants(inclusive=True)).order_by("path").select_related("locale"))
    titles = {} if language == "th" else _titles_in(language)
    root: Branch | None = None
    trail: list[Branch] = []
    for page in pages:
        branch = Branch(page, titles.get(page.translation_key, page.title), page.translation_key in titles)
        while trail and not page.path.startswith(trail[-1].page.path):
            trail.pop()
        if trail:
            trail[-1].children.append(branch)
        elif root is None:
            root = branch
        trail.append(branch)
    return root


def _titles_in(language: str) -> dict:
    pages = only_public(Page.objects.filter(locale__language_code=language))
    return dict(pages.values_list("translation_key", "title"))


def public_pages() -> Iterator[Page]:
    """Every public page of every language, for sitemap.xml."""
    pages = only_public(Page.objects.filter(depth__gte=2)).order_by("path").select_related("locale")
    return pages.only("path", "url_path", "last_published_at", "locale__language_code").iterator(
        chunk_size=1000
    )
