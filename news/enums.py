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
    ORDER = "order", pgettext_lazy("document type", "Order")
    CIRCULAR = "circular", _("Circular letter")
    REGULATION = "regulation", pgettext_lazy("document type", "Regulation")
    LAW = "law", pgettext_lazy("document type", "Law")
    MANUAL = "manual", pgettext_lazy("document type", "Manual")
    REPORT = "report", pgettext_lazy("document type", "Report")


# Plans run from the first to the last fiscal year of their period; other documents have no period of use.
PLAN_TYPES = {DocumentType.PLAN, DocumentType.ACTION_PLAN}
# What citizens call "กฎหมายและระเบียบ" (A038).
RULE_TYPES = (DocumentType.LAW, DocumentType.REGULATION)


class DocumentStatus(TextChoices):
    """Whether a reader may rely on a document today; computed, never stored."""

    IN_FORCE = "in_force", _("In force now")
    SUPERSEDED = "superseded", _("Replaced by a newer one")
    ENDED = "ended", _("Period has ended")
