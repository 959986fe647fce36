"""Every verb of staff, ready to be tried on one hearing by anybody: what the table of roles and states is held against."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from hearings.enums import AttachmentKind, BatchStatus, Channel
from hearings.models import (
    Attachment,
    Hearing,
    ImportRun,
    Meeting,
    PaperForm,
    ProxyBatch,
    Reply,
    Report,
    Submission,
)
from hearings.services import (
    amend,
    amend_meeting,
    answer_comment,
    attendance,
    batches,
    check_batch,
    clone,
    import_draft,
    moderate_reply,
    paper,
    pin,
    preview,
    questions,
    record_posting,
    report,
    run_import,
    scans,
    show_file,
    take_posting,
)
from hearings.services.data import CommentData
from hearings.services.read_draft import ReadSection
from tests.factories.hearings import day, submission_data
from tests.factories.questions import question
from tests.hearings.sheets import ROWS, batch_data, photo
from tests.hearings.spreadsheets import row, workbook

Verbs = dict[str, Callable[[User], Any]]
REASON = "ตรวจพบว่าพิมพ์ผิด"


class Desk:
    """What lies on the desk of one hearing: a comment with a reply and a report, a sheet, a grid, a read file."""

    def __init__(self, hearing: Hearing, submission: Submission, now: dt.datetime, writer: User) -> None:
        self.hearing, self.now = hearing, now
        self.comment = submission.comments.first()
        key, common = uuid.uuid4, {"hearing": hearing, "created_at": now}
        self.reply = Reply.objects.create(comment=self.comment, text="ตอบ", idempotency_key=key(), **common)
        self.report = Report.objects.create(comment=self.comment, reason="other", person="p" * 8, **common)
        self.question = question(hearing, "single", now).question
        self.meeting = Meeting.objects.create(hearing=hearing, title="เวที", starts_at=day(now, -2))
        self.coming = Meeting.objects.create(
            hearing=hearing, title="เวทีหมู่ 4", starts_at=day(now, 3), place="ศาลาหมู่ 4"
        )
        self.sheet = PaperForm.objects.create(
            channel=Channel.PAPER, received_on=now.date(), created_by=writer, **common
        )
        data = batch_data(now)
        self.grid = ProxyBatch.objects.create(
            hearing=hearing, idempotency_key=key(), held_on=data.held_on, people=data.people, heads=dict(data.heads),
            province=data.province, district=data.district, entered_by=writer, entered_at=now,
            status=BatchStatus.SENT, sent_at=now,
        )  # fmt: skip
        self.voice = Attachment.objects.create(
            submission=submission, form_key=key(), kind=AttachmentKind.VOICE, file="attachments/v.webm", name="v",
            size=5, sha256="1" * 64, **common,
        )  # fmt: skip
        self.run = ImportRun.objects.create(
            file_name="a.xlsx", sha256="0" * 64, created_by=writer, rows=[], problems=[], **common
        )

    def verbs(self) -> Verbs:
        return {**self._announced(), **self._prepared(), **self._talk(), **self._field(), **self._grids()}

    def _with_hearing(self, service: Callable, **values: Any) -> Callable[[User], Any]:
        return lambda actor: service(hearing=self.hearing, actor=actor, **values)

    def _announced(self) -> Verbs:
        correction = {"now": self.now, "reason": REASON, "is_material": False}
        contact = [{"name": "คนใหม่", "phone": "1"}]
        told = {name: getattr(self.coming, name) for name in amend_meeting.MEETING_FIELDS}
        moved = {"values": told | {"place": "วัดเกยไชย"}, "now": self.now, "reason": REASON}
        return {
            "amend": self._with_hearing(amend.amend, field="cost", after="98 ล้านบาท", **correction),
            "amend_rows": self._with_hearing(
                amend.amend_rows, relation="contacts", rows=contact, **correction
            ),
            "add_meeting": self._with_hearing(amend_meeting.add_meeting, **moved),
            "change_meeting": lambda actor: amend_meeting.change_meeting(
                meeting=self.coming, actor=actor, **moved
            ),
            "cancel_meeting": lambda actor: amend_meeting.cancel_meeting(
                meeting=self.coming, actor=actor, now=self.now, reason=REASON
            ),
            "clone": self._with_hearing(clone.clone, now=self.now),
            "make_preview": self._with_hearing(preview.make_preview),
            "revoke_preview": self._with_hearing(preview.revoke_preview),
            "record_posting": self._with_hearing(
                record_posting.record_posting, now=self.now, kind="village", place="หมู่ 1"
            ),
            "take_posting": self._with_hearing(
                take_posting.take_posting,
                now=self.now,
                kind="village",
                place="หมู่ 2",
                idempotency_key=uuid.uuid4(),
            ),
        }

    def _prepared(self) -> Verbs:
        asked = questions.QuestionData(kind="short_text", text="ทำไม")
        why = {"now": self.now, "reason": REASON}
        on = {"question": self.question, **why}
        sections = [ReadSection("หัวข้อ", "<p>เนื้อหา</p>")]
        return {
            "add_question": self._with_hearing(questions.add_question, data=asked, **why),
            "change_question": lambda actor: questions.change_question(actor=actor, data=asked, **on),
            "move_question": lambda actor: questions.move_question(actor=actor, up=True, **on),
            "remove_question": lambda actor: questions.remove_question(actor=actor, **on),
            "import_draft": self._with_hearing(import_draft.import_draft, sections=sections),
        }

    def _talk(self) -> Verbs:
        on, now = self.comment, self.now
        decision = {"decision": "hide", "reason_code": "threat", "now": now}
        return {
            "answer_comment": lambda actor: answer_comment.answer_comment(
                comment=on, actor=actor, text="รับไว้", idempotency_key=uuid.uuid4(), now=now
            ),
            "pin": lambda actor: pin.pin(comment=on, actor=actor, now=now),
            "unpin": lambda actor: pin.unpin(comment=on, actor=actor),
            "settle_report": lambda actor: report.settle_report(report=self.report, actor=actor, now=now),
            "decide_file": lambda by: show_file.decide_file(
                attachment=self.voice, publish=True, by=by, now=now
            ),
            "write_transcript": lambda by: show_file.write_transcript(
                attachment=self.voice, text="ขอให้หยุด", by=by
            ),
            "moderate_reply": lambda actor: moderate_reply.moderate_reply(
                reply=self.reply, actor=actor, **decision
            ),
        }

    def _field(self) -> Verbs:
        words = [CommentData(block_key=None, stance="agree", reason="เห็นด้วย")]
        data = submission_data(stance="agree", channel=Channel.PHONE)
        now, hearing = self.now, self.hearing
        said = {"data": data, "comments": words, "now": now}
        minutes = SimpleUploadedFile("minutes.txt", "รายงาน".encode())
        return {
            "enter_on_behalf": lambda by: paper.enter_on_behalf(
                hearing=hearing, by=by, idempotency_key=uuid.uuid4(), **said
            ),
            "enter_paper": lambda by: paper.enter_paper(form=self.sheet, code="14", by=by, **said),
            "mark_unreadable": lambda by: paper.mark_unreadable(form=self.sheet, reason="เลือน", by=by),
            "add_scans": lambda by: scans.add_scans(
                hearing=hearing,
                uploads=[photo()],
                channel=Channel.PAPER,
                received_on=now.date(),
                by=by,
                now=now,
            ),
            "record_attendance": lambda by: attendance.record_attendance(
                meeting=self.meeting, people={"citizen": 9}, by=by, now=now
            ),
            "keep_minutes": lambda by: attendance.keep_minutes(meeting=self.meeting, upload=minutes, by=by),
            "preview_import": lambda by: run_import.preview_import(
                hearing=hearing, upload=workbook([row()]), by=by, now=now
            ),
            "discard_import": lambda by: run_import.discard_import(run=self.run, by=by),
        }

    def _grids(self) -> Verbs:
        now, hearing, grid = self.now, self.hearing, self.grid
        written = {"hearing": hearing, "data": batch_data(now), "rows": ROWS, "now": now}

        def own(by: User) -> ProxyBatch:
            ProxyBatch.objects.filter(pk=grid.pk).update(entered_by=by, status=BatchStatus.DRAFT)
            return ProxyBatch.objects.get(pk=grid.pk)

        return {
            "save_batch": lambda by: batches.save_batch(by=by, idempotency_key=uuid.uuid4(), **written),
            "take_in": lambda by: batches.take_in(by=by, idempotency_key=uuid.uuid4(), **written),
            "send_batch": lambda by: batches.send_batch(batch=own(by), by=by, now=now),
            "return_batch": lambda by: check_batch.return_batch(batch=grid, note="หมู่ไม่ตรง", by=by, now=now),
            "check_batch": lambda by: check_batch.check_batch(batch=grid, by=by, now=now),
        }
