"""Wagtail's search as an app that keeps no index: nobody reads it (core.admin_search), so no save has to write it."""

from wagtail.search.apps import WagtailSearchAppConfig


class AdminSearchConfig(WagtailSearchAppConfig):
    default = False

    def ready(self) -> None:
        """Without the handlers that enqueue a task for every row saved."""
