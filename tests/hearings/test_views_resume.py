"""A half-written comment is kept under a code and brought back on another device, without JavaScript or a session."""

from __future__ import annotations

import datetime as dt
import html
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearings.models import Attachment, SavedForm, Submission
from hearings.services.force_close import force_close
from hearings.services.save_form import group_code, make_code
from tests.factories.hearings import HearingFactory, office_head
from tests.factories.questions import question
from tests.hearings.journey import address, answers, fields_of
from tests.hearings.test_services_attach import photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def hearing(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return HearingFactory.open(timezone.now())


def resume_of(hearing) -> str:
    return reverse("hearings:resume", args=[hearing.slug])


def code_on(page) -> str:
    code = re.search(r'class="code">(.*?)</p>', page.content.decode(), re.DOTALL)
    assert code
    return re.sub(r"<[^>]+>", "", code[1]).strip()


@pytest.mark.parametrize("step", ["1", "2", "3", "check"])
def test_every_step_can_be_kept_and_comes_back_whole_on_another_device(client, hearing, step):
    asked = question(hearing, "multiple", timezone.now())
    block = hearing.current_draft.blocks.order_by("order").first()
    given = {
        "c1-block": str(block.key), "c1-stance": "agree", "c1-reason": "ดี", "name": "สมชาย", "publish_name": "name",
        "q-seen": str(asked.pk), f"q-r{asked.pk}": ["a1", "a2"], "email": "not finished",
    }  # fmt: skip
    form = answers(step=step, go="keep", **given)
    page = client.post(address(hearing), {**form, "files": SimpleUploadedFile("หมุด.jpg", photo())})
    assert page.status_code == 200
    text = page.content.decode()
    assert text.count("<h1") == 1
    assert "data:image/svg+xml;base64," in text
    other = Client()
    back = other.post(resume_of(hearing), {"code": code_on(page).lower()})
    assert back.status_code == 200
    assert back.headers["X-Robots-Tag"].startswith("noindex")
    fields = fields_of(back)
    for name, value in given.items():
        assert fields.get(name) in (value, [value]), name
    assert fields["key"] == form["key"]
    # Where it was left, at most as far as the address that is not finished; without a complaint.
    assert fields["step"] == min(step, "3")
    assert 'class="err"' not in back.content.decode()
    sent = other.post(address(hearing), {**fields, "email": "", "step": "check", "go": "send"})
    assert sent.status_code == 302
    assert Attachment.objects.get().submission == Submission.objects.get()
    assert not SavedForm.objects.exists()


@pytest.mark.parametrize("step", ["1", "2", "3", "check"])
def test_a_whole_form_comes_back_where_it_was_left(client, hearing, step):
    page = client.post(address(hearing), answers(step=step, go="keep"))
    here = client.post(address(hearing), {**fields_of(page), "go": f"to-{step}"})
    assert fields_of(here)["step"] == step
    back = Client().post(resume_of(hearing), {"code": code_on(page)})
    assert fields_of(back)["step"] == step


def test_questions_below_the_half_written_reason_are_not_passed_unseen(client, hearing):
    asked = question(hearing, "long_text", timezone.now())
    page = client.post(address(hearing), answers(step="2", go="keep", **{f"q-r{asked.pk}": ""}))
    back = Client().post(resume_of(hearing), {"code": code_on(page)})
    assert fields_of(back)["step"] == "2"
    assert f'name="q-r{asked.pk}"' in back.content.decode()


def test_a_form_kept_before_steps_were_opens_at_what_is_missing(client, hearing):
    page = client.post(address(hearing), answers(step="2", go="keep", consent=None))
    SavedForm.objects.update(data=SavedForm.objects.get().data.replace("step=2", "step=9"))
    assert fields_of(Client().post(resume_of(hearing), {"code": code_on(page)}))["step"] == "3"


def test_keeping_again_gives_the_same_code_and_the_newest_words(client, hearing):
    form = answers(step="2", go="keep")
    first, second = (client.post(address(hearing), {**form, "c0-reason": words}) for words in ("เก่า", "ใหม่"))
    assert code_on(first) == code_on(second)
    back = Client().post(resume_of(hearing), {"code": code_on(second)})
    assert fields_of(back)["c0-reason"] == "ใหม่"


def test_the_picture_holds_the_code_where_no_log_sees_it(client, hearing, monkeypatch):
    drawn = []
    monkeypatch.setattr("hearings.views.keep.qr_svg", lambda link: drawn.append(link) or "<svg/>")
    code = code_on(client.post(address(hearing), answers(step="2", go="keep")))
    sent, _, kept_on_the_device = drawn[0].partition("#")
    assert sent.endswith(resume_of(hearing))
    assert kept_on_the_device == f"code={code.replace(' ', '')}"
    page = client.get(resume_of(hearing), {"code": code}).content.decode()
    assert code not in page
    assert "js/resume" in page


def test_what_was_sent_meanwhile_is_not_kept_again_and_says_so(client, hearing):
    form = answers()
    client.post(address(hearing), form)
    page = client.post(address(hearing), {**form, "step": "2", "go": "keep"})
    assert page.status_code == 422
    assert 'class="err"' in page.content.decode()


@pytest.mark.parametrize("code", ["", "ABCD", "ABCD EFGH JKMM", "๑๒๓", "<script>", "\u200b", "x" * 400])
def test_a_mistyped_code_is_said_to_be_one_and_stays_in_the_field(client, hearing, code):
    page = client.post(resume_of(hearing), {"code": code})
    text = html.unescape(page.content.decode())
    assert page.status_code == 422
    assert 'href="#id_code"' in text
    assert code.strip() in text


def test_wrong_codes_are_counted_and_right_ones_are_not(client, hearing):
    code = code_on(client.post(address(hearing), answers(step="2", go="keep")))
    for _try in range(25):
        assert client.post(resume_of(hearing), {"code": code}).status_code == 200
    statuses = [
        client.post(resume_of(hearing), {"code": make_code(uuid.uuid4())}).status_code for _try in range(21)
    ]
    assert statuses == [404] * 20 + [429]
    assert client.post(resume_of(hearing), {"code": code}).status_code == 429


def test_a_code_of_another_hearing_or_of_long_ago_opens_nothing(client, hearing):
    code = code_on(client.post(address(hearing), answers(step="2", go="keep")))
    other = HearingFactory.open(timezone.now())
    assert client.post(resume_of(other), {"code": code}).status_code == 404
    SavedForm.objects.update(saved_at=timezone.now() - dt.timedelta(days=30))
    assert client.post(resume_of(hearing), {"code": code}).status_code == 404


def test_after_closing_the_words_are_shown_to_be_copied(client, hearing):
    code = code_on(client.post(address(hearing), answers(step="2", go="keep")))
    force_close(hearing=hearing, actor=office_head(), now=timezone.now(), reason="น้ำท่วมศาลาประชาคม")
    page = client.post(resume_of(hearing), {"code": code})
    assert page.status_code == 409
    assert "แนวหมุดด้านเหนือกินที่นา" in page.content.decode()


def test_a_page_open_for_long_asks_to_press_once_more(hearing):
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(resume_of(hearing), {"code": group_code("A" * 11 + "A")})
    assert page.status_code in (403, 422)
    assert strict.get(resume_of(hearing)).status_code == 200


def test_an_edit_is_not_kept_under_a_code(client, hearing):
    text = client.get(resume_of(hearing)).content.decode()
    assert text.count("<h1") == 1
    sent = client.post(address(hearing), answers())
    edit = sent.headers["Location"] + "edit/"
    page = client.post(edit, answers(step="2", go="keep"))
    assert 'class="code"' not in page.content.decode()
    assert not SavedForm.objects.exists()
