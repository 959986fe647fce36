from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from core import personal_data
        from home import privacy, search

        search.register_all()
        personal_data.register(
            personal_data.PersonalData("messages", export=privacy.export_person, erase=privacy.erase_person)
        )
