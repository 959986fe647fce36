from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        from core import personal_data, ratelimit
        from notifications import clock, privacy
        from notifications.services.follows import write_letters

        clock.register("news", write_letters)
        clock.register("limits", lambda now: ratelimit.forget_full(now.timestamp()))
        personal_data.register(
            personal_data.PersonalData(
                "notifications",
                export=privacy.export_person,
                erase=privacy.erase_person,
                purge=lambda now, dry_run: privacy.purge(now, dry_run=dry_run),
            )
        )
