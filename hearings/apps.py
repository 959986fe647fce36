from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HearingsConfig(AppConfig):
    name = "hearings"
    verbose_name = _("Hearings")

    def ready(self) -> None:
        from core import personal_data
        from hearings import privacy
        from hearings.desk import register_desk
        from hearings.feed_sources import register_feeds
        from hearings.follow import register_follow
        from hearings.follow_areas import register_follow_areas
        from hearings.reminders import remind
        from hearings.search_sources import register_searchables
        from notifications import clock

        register_feeds()
        register_follow()
        register_follow_areas()
        register_searchables()
        register_desk()
        clock.register("reminders", remind)
        personal_data.register(
            personal_data.PersonalData(
                "hearings",
                export=lambda user: privacy.export_person(user=user),
                erase=lambda user: privacy.erase_person(user=user),
                purge=lambda now, dry_run: privacy.purge(now, dry_run=dry_run),
            )
        )
