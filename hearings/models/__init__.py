"""Models of the hearings app, one subject a file."""

from hearings.models.details import HearingContact, HearingDocument
from hearings.models.drafts import DraftBlock, DraftVersion
from hearings.models.meetings import Meeting, MeetingAttendance, MeetingRegistration
from hearings.models.pages import Hearing, HearingIndexPage, HearingTopic
from hearings.models.stages import StageChange
from hearings.models.submissions import Comment, ModerationDecision, Submission, SubmissionVersion

__all__ = [
    "Comment",
    "DraftBlock",
    "DraftVersion",
    "Hearing",
    "HearingContact",
    "HearingDocument",
    "HearingIndexPage",
    "HearingTopic",
    "Meeting",
    "MeetingAttendance",
    "MeetingRegistration",
    "ModerationDecision",
    "StageChange",
    "Submission",
    "SubmissionVersion",
]
