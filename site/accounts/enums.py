from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ChangeAgentKind(TextChoices):
    """Requirements A058-A062."""

    DISTRICT_CHIEF = "district_chief", _("District chief")
    KAMNAN = "kamnan", _("Kamnan (head of a sub-district)")
    VILLAGE_HEAD = "village_head", _("Village head")
    LOCAL_SAGE = "local_sage", _("Local sage")
    COMMUNITY_LEADER = "community_leader", _("Community leader")
