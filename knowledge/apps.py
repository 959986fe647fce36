from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    verbose_name = _("Knowledge")

    def ready(self) -> None:
        from core import feeds, searchable
        from knowledge.desk import register_desk
        from knowledge.feeds import LESSONS as LESSON_FEED
        from knowledge.searchables import LESSONS

        searchable.register(LESSONS)
        feeds.register(LESSON_FEED)
        register_desk()
