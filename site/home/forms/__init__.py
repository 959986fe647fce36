"""Forms of home: what people send, what they filter by, what staff answer."""

from home.forms.desk import AnswerForm, PromoteForm
from home.forms.directory import AgencyFilterForm, FaqFilterForm
from home.forms.messages import ContactForm, QuestionForm
from home.forms.tasks import TaskFilterForm, TaskForm

__all__ = [
    "AgencyFilterForm",
    "AnswerForm",
    "ContactForm",
    "FaqFilterForm",
    "PromoteForm",
    "QuestionForm",
    "TaskFilterForm",
    "TaskForm",
]
