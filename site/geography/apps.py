from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GeographyConfig(AppConfig):
    name = "geography"
    verbose_name = _("Geography")

    def ready(self) -> None:
        from core.names import register_names
        from geography.names import place_names

        register_names(place_names)
