"""One stylesheet for readers, five files for those who write them.

A browser paints nothing before the last stylesheet is there. On a slow phone five files share the line with the
fonts and cost two more round trips than one (Lighthouse on slow 4G: first paint of the hearing page 1.40 -> 1.06 s,
of the home page 1.22 -> 0.91 s). ``collectstatic`` therefore joins them; a developer's machine and the tests, which
collect nothing, link each file by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEETS = (
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    "css/components.css",
    "css/site.css",
)  # in this order
JOINED = "css/all.css"


class JoinedStylesheets(CompressedManifestStaticFilesStorage):
    """Static files by content hash and compressed, as whitenoise does it, and the sheets of every page as one file."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Write the joined sheet beside its parts before names and addresses get their hashes."""
        if not dry_run and all(sheet in paths for sheet in SHEETS):
            parts = []
            for sheet in SHEETS:
                storage, path = paths[sheet]
                with storage.open(path) as source:
                    parts.append(source.read())
            if self.exists(JOINED):
                self.delete(JOINED)
            self.save(JOINED, ContentFile(b"\n".join(parts)))
            paths = {**paths, JOINED: (self, JOINED)}
        yield from super().post_process(paths, dry_run, **options)


def page_stylesheets() -> tuple[str, ...]:
    """The stylesheets a page links, by their names under ``static/``."""
    joined = isinstance(staticfiles_storage, JoinedStylesheets)
    return (JOINED,) if joined else SHEETS
