from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from core import personal_data
        from home import desk, privacy, search

        search.register_all()
        desk.register_all()
        personal_data.register(
            personal_data.PersonalData(
                "messages",
                export=privacy.export_person,
                erase=privacy.erase_person,
                purge=lambda now, dry_run: privacy.purge(now, dry_run=dry_run),
            )
        )
