"""The walk through the steps of a comment, shared by sending a new one and changing an old one.

``POST step=2 go=next``: where the person is, and which button was pressed. Buttons: next, back, to-1, to-2, to-3,
to-check, add and remove-N (further sections), attach, drop-N and return-N (files), keep (to go on elsewhere), send.
Files are stored with whatever button was pressed. Unknown words count as "next", so a missing answer is always named.
"""

from __future__ import annotations

import datetime as dt
import re
from abc import ABC, abstractmethod
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.middleware import allow_position
from core.ratelimit import TooManyRequestsError, take_all
from hearings.forms.dossier import Dossier
from hearings.forms.guards import HONEYPOT, refusal
from hearings.forms.step_forms import CHECK, REASON, STANCE, STEPS, WHO
from hearings.models import Attachment, Hearing
from hearings.services.attach import attach, held, remove
from hearings.services.errors import HearingClosed, HearingNotOpen
from hearings.services.taking_part import MayNotTakePart
from hearings.views.csrf import expired
from hearings.views.limits import file_buckets, try_again

REMOVE = re.compile(r"remove-([1-9][0-9]?)", re.ASCII)
DROP = re.compile(r"drop-([0-9]{1,18})", re.ASCII)
RETURN = re.compile(r"return-([0-9]{1,18})", re.ASCII)
TARGET = re.compile(r"to-([123]|check)")

FILE_FIELDS = ("files", "voice")
MOST_UPLOADS = 10


class Journey(ABC):
    """One request of the walk. Subclasses say what sending means."""

    changing = False
    asks_account = False
    is_brought_back = False

    def __init__(self, request: HttpRequest, hearing: Hearing, dossier: Dossier, now: dt.datetime) -> None:
        self.request, self.hearing, self.dossier, self.now = request, hearing, dossier, now

    @property
    @abstractmethod
    def send_label(self) -> str:
        """What the button says."""

    @abstractmethod
    def save(self) -> HttpResponse:
        """Store what was checked and lead on."""

    @property
    @abstractmethod
    def leave_url(self) -> str:
        """Where "back" leads from the first step."""

    @property
    def form_url(self) -> str:
        """Where every step is sent to."""
        return self.request.path

    def keep(self, step: str) -> HttpResponse | None:
        """Keep what was typed, to go on elsewhere; None where that is not offered."""
        return None

    def refusal(self) -> tuple[str, HTTPStatus] | None:
        """A reason not to store now, which is not a mistake in a field."""
        if text := refusal(self.request.POST, self.dossier.opened_at, self.now):
            return text, HTTPStatus.UNPROCESSABLE_ENTITY
        return None

    # --- moving ------------------------------------------------------------------------------------------

    def answer(self) -> HttpResponse:
        step = self.request.POST.get("step", STANCE)
        step = step if step in STEPS else STANCE
        if not self.hearing.can_comment(self.now):
            return self.closed()
        if expired(self.request):
            sentence = _("This page was open for a long time. Please press the button once more.")
            return self.show(step, sentence, HTTPStatus.FORBIDDEN)
        go = self.request.POST.get("go", "next")
        try:
            refused = self.take_files()
        except TooManyRequestsError as error:
            return self.wait(REASON, error)
        if refused:
            return self.show(REASON, refused, HTTPStatus.UNPROCESSABLE_ENTITY)
        return self.turn(step, go) or self.forward(step, sending=go == "send")

    def turn(self, step: str, go: str) -> HttpResponse | None:
        """Moves that check nothing."""
        if self.dossier.asks_for_areas and step in (REASON, WHO):
            if step == WHO:
                self.dossier.reload_area()
            return self.show(step)
        if go == "keep":
            return self.keep(step)
        if go == "back":
            return self.show(STEPS[max(0, STEPS.index(step) - 1)])
        if target := TARGET.fullmatch(go):
            return self.show(target[1])
        return self.show(REASON) if self.change(go) else None

    def change(self, go: str) -> bool:
        """Add or take out a section or a file; all of this is in step 2. False if the button says something else."""
        if go == "add":
            self.dossier.add()
        elif gone := REMOVE.fullmatch(go):
            self.dossier.remove(int(gone[1]))
        elif dropped := DROP.fullmatch(go):
            self.drop(int(dropped[1]))
        elif back := RETURN.fullmatch(go):
            self.dossier.leave_in(int(back[1]))
        elif go != "attach":
            return False
        return True

    def forward(self, step: str, *, sending: bool) -> HttpResponse:
        wrong = self.dossier.check(step) if step in (STANCE, REASON) else self.dossier.check_all()
        if wrong:
            return self.show(wrong, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if step != CHECK:
            return self.show(STEPS[STEPS.index(step) + 1])
        if not sending:
            return self.show(CHECK, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if self.dossier.key is None:
            self.dossier.renew_key()
            sentence = _("A part of this form got lost on the way. Please check it and press send again.")
            return self.show(CHECK, sentence, HTTPStatus.UNPROCESSABLE_ENTITY)
        if refused := self.refusal():
            return self.show(CHECK, *refused)
        return self.try_to_save()

    def try_to_save(self) -> HttpResponse:
        try:
            return self.save()
        except (HearingClosed, HearingNotOpen):
            return self.closed()
        except TooManyRequestsError as error:
            return self.wait(CHECK, error)
        except ValidationError as error:
            self.asks_account = isinstance(error, MayNotTakePart)
            if getattr(error, "code", "") == "used_key":
                self.dossier.renew_key()
            return self.show(CHECK, " ".join(error.messages), HTTPStatus.UNPROCESSABLE_ENTITY)

    # --- files ---------------------------------------------------------------------------------------------

    @property
    def files(self) -> QuerySet[Attachment]:
        return held(self.dossier.key)

    @property
    def taken_out(self) -> list[Attachment]:
        """Files of what was sent that are not to go with the changed one; only an edit has such."""
        return []

    def drop(self, pk: int) -> None:
        """Nothing of a file that was never sent stays."""
        if self.dossier.key:
            remove(form_key=self.dossier.key, pk=pk)

    def attach(self, upload: UploadedFile) -> None:
        attach(hearing=self.hearing, form_key=self.dossier.key, upload=upload, now=self.now)

    def take_files(self) -> str:
        """Store what came along; returns why one was refused. The others are kept."""
        uploads = [upload for name in FILE_FIELDS for upload in self.request.FILES.getlist(name)]
        if not uploads:
            return ""
        if self.dossier.key is None:
            self.dossier.renew_key()
        refused = []
        for upload in uploads[:MOST_UPLOADS]:
            with transaction.atomic():
                take_all(file_buckets(self.request, self.hearing), self.now.timestamp())
            try:
                self.attach(upload)
            except ValidationError as error:
                refused += error.messages
        return " ".join(refused)

    # --- pages -------------------------------------------------------------------------------------------

    def show(self, step: str, sentence: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
        if sentence:
            # Shown again on purpose: the clock that refuses machines must not refuse the second press.
            self.keep_start()
        if step == CHECK and not self.dossier.is_checked and (wrong := self.dossier.check_all()):
            step = wrong
        context = {
            "hearing": self.hearing,
            "now": self.now,
            "dossier": self.dossier,
            "step": step,
            "carried": list(self.dossier.carried(step)),
            "problems": self.dossier.problems(),
            "files": list(self.files) if step in (REASON, CHECK) else [],
            "taken_out": self.taken_out if step == REASON else [],
            "most_files": settings.HEARING_MOST_ATTACHMENTS,
            "sentence": sentence,
            "asks_account": self.asks_account,
            "honeypot": HONEYPOT,
            "work_bits": 0 if self.changing else settings.HEARING_WORK_BITS,
            "leave_url": self.leave_url,
            "form_url": self.form_url,
            "is_fresh": self.request.method != "POST",
            "is_brought_back": self.is_brought_back,
            "send_label": self.send_label,
            "changing": self.changing,
        }
        response = render(self.request, self.template(step), context, status=status)
        asks_for_place = step == REASON and self.dossier.questions and self.dossier.questions.has_places
        return allow_position(response) if asks_for_place else response

    def template(self, step: str) -> str:
        return f"hearings/comment/step_{step}.html"

    def wait(self, step: str, error: TooManyRequestsError) -> HttpResponse:
        """Too many for now: the same page with every word, and when to press again (429)."""
        response = self.show(step, try_again(error, self.now), HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(error.wait)
        return response

    def keep_start(self) -> None:
        if self.dossier.opened_at is None:
            self.dossier.restart_clock(self.now)

    def closed(self) -> HttpResponse:
        """Closed while somebody was writing: say so, and show every word so that it can be copied (409)."""
        context = {
            "hearing": self.hearing,
            "now": self.now,
            "dossier": self.dossier,
            "leave_url": self.leave_url,
        }
        return render(self.request, "hearings/comment/closed.html", context, status=HTTPStatus.CONFLICT)
