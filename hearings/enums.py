"""Choices of the hearings app. Who speaks (``Sector``) is shared by the whole site and lives in core.enums."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HearingKind(TextChoices):
    PLAN = "plan", _("Plan")
    PROJECT = "project", _("Project")
    LAW = "law", _("Draft law or rule")
    OTHER = "other", _("Other matter")


class Stage(TextChoices):
    """How far staff have moved a hearing. What the reader sees is HearingState: this and the clock."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    ANNOUNCED = "announced", _("Announced")
    SUMMARISING = "summarising", _("Being summarised")
    RESULT_PUBLISHED = "result_published", _("Result published")
    FOLLOWED_UP = "followed_up", _("Followed up")
    CANCELLED = "cancelled", _("Cancelled")


class HearingState(TextChoices):
    """What a hearing is at one moment; never stored."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    ANNOUNCED = "announced", _("Opens soon")
    OPEN = "open", _("Open for comments")
    CLOSED = "closed", _("Closed")
    SUMMARISING = "summarising", _("Being summarised")
    RESULT_PUBLISHED = "result_published", _("Result published")
    FOLLOWED_UP = "followed_up", _("Followed up")
    CANCELLED = "cancelled", _("Cancelled")


# People are asked, or will be: papers that say so hang, and days and words may still be put right.
STILL_ASKS = (HearingState.ANNOUNCED, HearingState.OPEN)


class Stance(TextChoices):
    """Chosen by the person, never inferred (design.md, decision 9)."""

    AGREE = "agree", _("Agree")
    PARTLY = "partly", _("Partly agree")
    AGAINST = "against", _("Disagree")
    OTHER = "other", _("Other proposal")


class Capacity(TextChoices):
    SELF = "self", _("For myself")
    COMMUNITY_LEADER = "community_leader", _("As a community leader")
    GROUP = "group", _("For a group or organisation")


class Channel(TextChoices):
    """How the words reached the office (mission/hearing-law.md B5)."""

    WEB = "web", _("Website")
    MEETING = "meeting", _("Meeting")
    PAPER = "paper", _("Paper form")
    PHONE = "phone", _("Telephone")
    LINE = "line", _("LINE")
    LETTER = "letter", _("Letter")
    ON_BEHALF = "on_behalf", _("Written down for somebody")


class PublishName(TextChoices):
    """What the public sees of the name. Off unless the person asks for it (design.md, decision 10)."""

    NONE = "none", _("Do not show my name")
    INITIALS = "initials", _("Show my initials")
    NAME = "name", _("Show my name")


class SubmissionStatus(TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class WithdrawnBy(TextChoices):
    AUTHOR = "author", _("By the author")
    STAFF = "staff", _("By the office")


class Visibility(TextChoices):
    PENDING = "pending", _("Waiting to be read")
    PUBLIC = "public", _("Published")
    HIDDEN = "hidden", _("Not published")


class ModerationMode(TextChoices):
    POST = "post", _("Publish at once, read afterwards")
    PRE = "pre", _("Read first, then publish")


class WhoMay(TextChoices):
    """Who may take part on the website, from everyone to people whose identity somebody confirmed (peers P37, P38)."""

    EVERYONE = "everyone", _("Everyone, without an account")
    SIGNED_IN = "signed_in", _("People who signed in")
    VERIFIED = "verified", _("People who signed in and confirmed who they are")


class Decision(TextChoices):
    PUBLISH = "publish", _("Publish")
    HIDE = "hide", _("Do not publish")


class ReasonCode(TextChoices):
    """Why a submission is published or not. Disagreeing with a draft is not among them."""

    FITS_RULES = "fits_rules", _("Keeps the rules of the hearing")
    DEFAMATION = "defamation", _("Accuses or insults a person")
    PERSONAL_DATA = "personal_data", _("Personal data of somebody else")
    THREAT = "threat", _("Threat or incitement")
    ADVERTISING = "advertising", _("Advertising")
    NOT_ABOUT_THIS = "not_about_this", _("Not about this matter")


class MeetingMode(TextChoices):
    ONSITE = "onsite", _("On site")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("On site and online")


class MeetingSeries(TextChoices):
    """Where a meeting stands in a row of meetings (requirements A184)."""

    SINGLE = "single", _("Meeting")
    PRE_WORKSHOP = "pre_workshop", _("Meeting before the workshop")
    WORKSHOP = "workshop", _("Workshop")
    FOLLOW_UP = "follow_up", _("Follow-up meeting")


class MethodKind(TextChoices):
    """Ways of hearing people that ข้อ 9 of the regulation lists, and the website."""

    ONLINE_FORM = "online_form", _("Form on this website")
    MEETING = "meeting", _("Consultation meeting")
    PUBLIC_HEARING = "public_hearing", _("Public hearing meeting")
    WORKSHOP = "workshop", _("Workshop")
    SMALL_GROUP = "small_group", _("Small-group talk")
    INTERVIEW = "interview", _("Interview one by one")
    OPEN_HOUSE = "open_house", _("At the counter of the office")
    PAPER_FORM = "paper_form", _("Paper form")
    PHONE = "phone", _("Telephone")
    POST = "post", _("Letter")
    OTHER = "other", _("Another way")


ONLINE_METHODS = frozenset({MethodKind.ONLINE_FORM})


class NoticeKind(TextChoices):
    ANNOUNCEMENT = "announcement", _("Announcement of the hearing")
    AMENDMENT = "amendment", _("Correction of the announcement")
    EXTENSION = "extension", _("Extension of the time")
    EARLY_CLOSING = "early_closing", _("Early closing")
    CANCELLATION = "cancellation", _("Cancellation")


class BoardKind(TextChoices):
    """Where a notice hangs: ข้อ 11 names the office's own board and the site of the project (R6)."""

    OFFICE = "office", _("Notice board of the office")
    SITE = "site", _("At the site of the project")
    VILLAGE = "village", _("Notice board of a village")
    OTHER = "other", _("Another place")


class BlockKind(TextChoices):
    SECTION = "section", _("Section")
    ALTERNATIVE = "alternative", _("Alternative")


class QuestionKind(TextChoices):
    SINGLE = "single", _("One of several answers")
    MULTIPLE = "multiple", _("Several answers")
    SCALE = "scale", _("Scale")
    RANKING = "ranking", _("Order of importance")
    MATRIX = "matrix", _("Table: one answer a row")
    NUMBER = "number", pgettext_lazy("kind of question", "Number")
    SHORT_TEXT = "short_text", _("Short text")
    LONG_TEXT = "long_text", _("Long text")
    PLACE = "place", _("Place")


class AttachmentKind(TextChoices):
    PHOTO = "photo", _("Photo")
    PDF = "pdf", _("PDF file")
    VOICE = "voice", _("Voice note")


class PaperStatus(TextChoices):
    WAITING = "waiting", _("To be typed")
    ENTERED = "entered", _("Typed")
    UNREADABLE = "unreadable", _("Cannot be read")


class BatchStatus(TextChoices):
    DRAFT = "draft", _("Being written")
    SENT = "sent", _("Waits for the second person")
    CHECKED = "checked", _("Checked and counted")
    RETURNED = "returned", _("Sent back")


class ImportStatus(TextChoices):
    PREVIEW = "preview", _("To be looked at")
    IMPORTED = "imported", _("Imported")
    DISCARDED = "discarded", _("Discarded")
    UNDONE = "undone", _("Taken back")


class ReportReason(TextChoices):
    PERSONAL_DATA = "personal_data", _("Shows personal data of somebody")
    INSULT = "insult", _("Accuses or insults a person")
    THREAT = "threat", _("Threat or incitement")
    ADVERTISING = "advertising", _("Advertising")
    OTHER = "other", _("Another reason")
