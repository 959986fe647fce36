from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HearingsConfig(AppConfig):
    name = "hearings"
    verbose_name = _("Hearings")

    def ready(self) -> None:
        from hearings.feed_sources import register_feeds
        from hearings.search_sources import register_searchables

        register_feeds()
        register_searchables()
