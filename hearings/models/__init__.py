"""Models of the hearings app, one subject a file."""

from hearings.models.attachments import Attachment
from hearings.models.conversation import Reply, Report, Support
from hearings.models.details import HearingBenefit, HearingContact, HearingDocument, HearingMethod
from hearings.models.drafts import DraftBlock, DraftVersion
from hearings.models.meetings import Meeting, MeetingAttendance, MeetingRegistration
from hearings.models.notices import Amendment, BoardVisit, Notice, NoticeBoard, PostingEntry
from hearings.models.pages import Hearing, HearingIndexPage, HearingTopic
from hearings.models.paper import ImportRun, PaperForm, PrintedForm, ProxyBatch, ProxyRow
from hearings.models.questions import Answer, AnswerChoice, Question, QuestionRevision
from hearings.models.satisfaction import Satisfaction
from hearings.models.saved import SavedForm
from hearings.models.stages import StageChange
from hearings.models.submissions import Comment, ModerationDecision, Submission, SubmissionVersion

__all__ = [
    "Amendment",
    "Answer",
    "AnswerChoice",
    "Attachment",
    "BoardVisit",
    "Comment",
    "DraftBlock",
    "DraftVersion",
    "Hearing",
    "HearingBenefit",
    "HearingContact",
    "HearingDocument",
    "HearingIndexPage",
    "HearingMethod",
    "HearingTopic",
    "ImportRun",
    "Meeting",
    "MeetingAttendance",
    "MeetingRegistration",
    "ModerationDecision",
    "Notice",
    "NoticeBoard",
    "PaperForm",
    "PostingEntry",
    "PrintedForm",
    "ProxyBatch",
    "ProxyRow",
    "Question",
    "QuestionRevision",
    "Reply",
    "Report",
    "Satisfaction",
    "SavedForm",
    "StageChange",
    "Submission",
    "SubmissionVersion",
    "Support",
]
