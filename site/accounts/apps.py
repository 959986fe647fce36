from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    default = True
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts.privacy import erase_account, export_account, purge
        from accounts.search_sources import register_searchables
        from core.personal_data import PersonalData, register

        register_searchables()
        register(PersonalData("account", export_account, erase_account, order=10, purge=purge))


class UsersAdminConfig(WagtailUsersAppConfig):
    """Wagtail's screens for users, with our forms."""

    user_viewset = "accounts.viewsets.UserViewSet"
