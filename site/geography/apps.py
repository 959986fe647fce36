from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GeographyConfig(AppConfig):
    name = "geography"
    verbose_name = _("Geography")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from core.names import register_names
        from geography.models import District, Province, Subdistrict
        from geography.names import place_names
        from geography.policies import LookOnlyPolicy

        register_names(place_names)
        for area in (Province, District, Subdistrict):
            register_permission_policy(area, LookOnlyPolicy(area))
