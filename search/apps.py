from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from core.readiness import register
        from core.typeset.words import register_cutter
        from search import signal_handlers
        from search.engines import search_is_ready
        from search.text.cut import cut

        signal_handlers.connect()
        register("search", search_is_ready)
        register_cutter(cut)
