from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NewsKind(TextChoices):
    """What a reader expects of the text: something happened, something holds, or something for traders (A037, A042)."""

    NEWS = "news", pgettext_lazy("kind of news", "News")
    ANNOUNCEMENT = "announcement", _("Announcement")
    FOR_BUSINESS = "for_business", _("For business")


class DocumentType(TextChoices):
    """Types of official documents (A021-A023, A038)."""

    PLAN = "plan", _("Development plan")
    ACTION_PLAN = "action_plan", _("Annual action plan")
    ORDER = "order", _("Order")
    CIRCULAR = "circular", _("Circular letter")
    REGULATION = "regulation", _("Regulation")
    LAW = "law", _("Law")
    MANUAL = "manual", _("Manual")
    REPORT = "report", _("Report")


# Plans run from the first to the last fiscal year of their period; other documents have no period of use.
PLAN_TYPES = {DocumentType.PLAN, DocumentType.ACTION_PLAN}
# What citizens call "กฎหมายและระเบียบ" (A038).
RULE_TYPES = (DocumentType.LAW, DocumentType.REGULATION)


class DocumentStatus(TextChoices):
    """Whether a reader may rely on a document today; computed, never stored."""

    IN_FORCE = "in_force", _("In force now")
    SUPERSEDED = "superseded", _("Replaced by a newer one")
    ENDED = "ended", _("Period has ended")
