from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from core import finding, personal_data
        from core.file_text import register_repair
        from core.readiness import register
        from core.typeset.words import register_cutter
        from search import privacy, signal_handlers
        from search.engines import search_is_ready
        from search.file_text import repaired
        from search.inside import find_inside
        from search.text.cut import cut

        signal_handlers.connect()
        register("search", search_is_ready)
        register_cutter(cut)
        register_repair(repaired)
        finding.register(find_inside)
        personal_data.register(
            personal_data.PersonalData(
                "search",
                export=privacy.export_person,
                erase=privacy.erase_person,
                purge=lambda now, dry_run: privacy.purge(now, dry_run=dry_run),
            )
        )
