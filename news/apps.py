from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        from news.feed_sources import register_feeds
        from news.search_sources import register_searchables

        register_feeds()
        register_searchables()
