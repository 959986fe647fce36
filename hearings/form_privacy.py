"""Personal data in what people type: half-written forms, and answers in their own words to questions of the office.

A comment is published and belongs to the record; an answer in own words is read by the office only and may say
anything, a telephone number too. It goes with its author; what was chosen from a list stays and is counted.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.http import urlencode

from hearings.enums import QuestionKind
from hearings.models import Answer, Attachment, QuestionRevision, SavedForm, Submission, SubmissionVersion
from hearings.services.attach import delete_attachment

OWN_WORDS = (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT)


def saved_forms_of(addresses: Iterable[str]) -> list[SavedForm]:
    """Half-written forms in which somebody gave one of these addresses; they know no other person."""
    found: dict[int, SavedForm] = {}
    for address in addresses:
        typed = urlencode({"email": address.strip()})
        for form in SavedForm.objects.filter(data__icontains=typed).select_related("hearing"):
            if QueryDict(form.data).get("email", "").strip().lower() == address.strip().lower():
                found[form.pk] = form
    return list(found.values())


def export_saved(form: SavedForm) -> dict:
    typed = QueryDict(form.data)
    words = {name: values for name, values in typed.lists() if any(values)}
    return {"hearing": form.hearing.title, "not_sent": words, "kept": form.saved_at.isoformat()}


def erase_saved(forms: Iterable[SavedForm]) -> None:
    """With the files that wait for them."""
    for form in forms:
        for attachment in Attachment.objects.filter(form_key=form.form_key, submission=None):
            delete_attachment(attachment)
        form.delete()


def own_words() -> QuerySet[Answer]:
    return Answer.objects.filter(revision__kind__in=OWN_WORDS).exclude(value="")


def submissions_with_words(hearings: Iterable[int]) -> list[int]:
    """Of these hearings, in the current answers or in a replaced one."""
    held = own_words().filter(submission=OuterRef("pk"))
    return list(Submission.objects.filter(Exists(held), hearing__in=hearings).values_list("pk", flat=True))


def forget_words(submission_ids: Iterable[int]) -> None:
    """From the answers and from every stored version of what was sent; the question stays, and that it was answered."""
    ids = list(submission_ids)
    asked = QuestionRevision.objects.filter(kind__in=OWN_WORDS, answers__submission__in=ids)
    keys = {(str(key), number) for key, number in asked.values_list("question__key", "number")}
    own_words().filter(submission__in=ids).update(value="")
    for version in SubmissionVersion.objects.filter(submission__in=ids, data__has_key="answers"):
        answers = [
            {**answer, "value": ""} if (answer["question"], answer["revision"]) in keys else answer
            for answer in version.data["answers"]
        ]
        if answers != version.data["answers"]:
            version.data = {**version.data, "answers": answers}
            version.save(update_fields=["data"])
