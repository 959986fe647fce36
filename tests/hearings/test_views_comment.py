"""The form in three steps and a check page: no JavaScript, no session, nothing lost, nothing twice."""

from __future__ import annotations

import html

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearings.enums import Stance
from hearings.forms.guards import new_start
from hearings.models import Comment, Submission
from hearings.services.data import CommentData, checked_comments
from hearings.services.force_close import force_close
from tests.factories.hearings import HearingFactory, office_head
from tests.hearings.journey import address, answers, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def hearing(db):
    return HearingFactory.open(timezone.now())


def hidden(page: str, name: str) -> bool:
    return f'type="hidden" name="{name}"' in page


def test_the_first_page_asks_one_question_and_needs_no_session(client, hearing):
    page = client.get(address(hearing))
    text = page.content.decode()
    assert page.status_code == 200
    assert text.count("<h1") == 1
    assert text.count('name="c0-stance"') == 4
    assert "sessionid" not in client.cookies


def test_a_section_chosen_in_the_draft_stays_chosen(client, hearing):
    block = hearing.current_draft.blocks.first()
    text = client.get(address(hearing), {"block": str(block.key)}).content.decode()
    assert block.heading in text
    assert f'name="c0-block" value="{block.key}"' in text


@pytest.mark.parametrize(
    "block", ["", "nonsense", "5b1d6f0e-7c7c-4a55-9a55-0d4f3a0f7c11", "<script>", "ก" * 500]
)
def test_an_unknown_section_in_the_address_means_the_whole(client, hearing, block):
    assert client.get(address(hearing), {"block": block}).status_code == 200


def test_each_step_carries_the_earlier_answers_along(client, hearing):
    text = client.post(address(hearing), answers(step="2", go="next")).content.decode()
    for name in ("key", "started", "c0-stance", "c0-reason", "c0-suggestion"):
        assert hidden(text, name)
    assert not hidden(text, "sector")


def test_going_back_keeps_everything_and_complains_about_nothing(client, hearing):
    page = client.post(address(hearing), answers(step="3", go="back", sector=None, name="สมชาย"))
    text = page.content.decode()
    assert page.status_code == 200
    assert 'class="err"' not in text
    assert "แนวหมุดด้านเหนือกินที่นา" in text
    assert hidden(text, "name")


def test_the_check_page_shows_everything_before_it_is_sent(client, hearing):
    text = client.post(address(hearing), answers(step="3", go="next")).content.decode()
    assert "แนวหมุดด้านเหนือกินที่นา" in text
    assert 'value="send"' in text
    assert Submission.objects.count() == 0


def test_sending_stores_once_and_leads_to_the_receipt(client, hearing):
    page = send(client, hearing)
    submission = Submission.objects.get()
    assert page.status_code == 302
    assert page.headers["Location"].endswith(f"/r/{submission.receipt_no}/")
    assert submission.consent_version
    assert submission.comments.get().reason == "แนวหมุดด้านเหนือกินที่นา"


def test_sending_the_same_form_twice_stores_nothing_twice(client, hearing):
    form = answers()
    first, second = client.post(address(hearing), form), client.post(address(hearing), form)
    assert first.headers["Location"] == second.headers["Location"]
    assert Submission.objects.count() == Comment.objects.count() == 1
    text = client.get(second.headers["Location"]).content.decode()
    assert 'class="note now"' in text


def test_further_sections_are_added_removed_and_sent_in_one_dossier(client, hearing):
    first, second, _third = hearing.current_draft.blocks.order_by("order")
    more = {
        "c1-block": str(first.key), "c1-stance": "agree", "c1-reason": "ดี",
        "c2-block": str(second.key), "c2-stance": "against", "c2-reason": "ไม่ดี",
    }  # fmt: skip
    added = client.post(address(hearing), answers(step="2", go="add", **more)).content.decode()
    assert 'name="c3-block"' in added
    removed = client.post(address(hearing), answers(step="2", go="remove-1", **more)).content.decode()
    assert "ไม่ดี" in removed
    assert 'name="c2-block"' not in removed
    send(client, hearing, **more)
    stances = dict(Comment.objects.values_list("block_key", "stance"))
    assert stances == {None: "partly", first.key: "agree", second.key: "against"}


def test_a_further_section_that_was_left_empty_is_not_complained_about(client, hearing):
    page = client.post(address(hearing), answers(step="2", go="next", **{"c1-block": "", "c1-reason": " "}))
    assert page.status_code == 200


def test_the_same_section_twice_is_refused_with_a_sentence(client, hearing):
    key = str(hearing.current_draft.blocks.first().key)
    page = client.post(
        address(hearing),
        answers(
            step="2", go="next", **{"c0-block": key, "c1-block": key, "c1-stance": "agree", "c1-reason": "x"}
        ),
    )
    assert page.status_code == 422
    assert 'href="#id_c1-block"' in page.content.decode()


def test_who_agrees_need_not_explain_but_who_disagrees_must(client, hearing):
    silent = {"c0-reason": "", "c0-suggestion": ""}
    assert send(client, hearing, **{**silent, "c0-stance": Stance.AGAINST}).status_code == 422
    assert send(client, hearing, **{**silent, "c0-stance": Stance.AGREE}).status_code == 302


def test_asking_for_districts_reloads_the_step_without_complaints(client, hearing):
    page = client.post(address(hearing), answers(step="3", go=None, area_step="1", sector=None))
    text = page.content.decode()
    assert page.status_code == 200
    assert 'class="err"' not in text
    assert "ชุมแสง" in text


def test_nobody_under_20_is_shown_by_name(client, hearing):
    send(client, hearing, under_20="on", publish_name="name", name="สมชาย ใจดี")
    assert Submission.objects.get().public_name == ""


def test_a_name_to_be_shown_must_be_written(client, hearing):
    page = send(client, hearing, publish_name="name", name="")
    assert page.status_code == 422
    assert 'href="#id_name"' in page.content.decode()


# --- bad input -------------------------------------------------------------------------------------------

MEGABYTE = "ก" * 350_000
BAD = [
    ({"c0-reason": MEGABYTE}, "c0-reason"),
    ({"c0-stance": "maybe"}, "c0-stance"),
    ({"c0-stance": None}, "c0-stance"),
    ({"c0-block": "5b1d6f0e-7c7c-4a55-9a55-0d4f3a0f7c11"}, "c0-block"),
    ({"c0-block": "\x00"}, "c0-block"),
    ({"c0-reason": "\u200b\ufeff", "c0-suggestion": "\u200b"}, "c0-reason"),
    ({"c0-reason": "บัตร 1-2345-67890-12-1"}, "c0-reason"),
    ({"sector": "king"}, "sector"),
    ({"sector": None}, "sector"),
    ({"province": "00"}, "province"),
    ({"province": "99999999"}, "province"),
    ({"province": None}, "province"),
    ({"email": "not an address"}, "email"),
    ({"name": "ก" * 500, "publish_name": "name"}, "name"),
    ({"capacity": "group"}, "organisation"),
    ({"publish_name": "loud"}, "publish_name"),
    ({"consent": None}, "consent"),
]


@pytest.mark.parametrize(("changes", "field"), BAD, ids=lambda value: str(value)[:40])
def test_bad_input_is_named_and_everything_typed_stays(client, hearing, changes, field):
    page = send(client, hearing, **changes)
    text = html.unescape(page.content.decode())
    assert page.status_code == 422
    assert f"#id_{field}" in text
    assert "เดินแนวร่วมกัน" in text or "c0-suggestion" in changes
    typed = changes.get("c0-reason", "")
    assert typed in text
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("key", [None, "", "12", "not-a-uuid", "\x00", "ก" * 400])
def test_a_broken_form_number_is_answered_and_the_next_press_works(client, hearing, key):
    page = send(client, hearing, key=key)
    text = page.content.decode()
    assert page.status_code == 422
    assert "แนวหมุดด้านเหนือกินที่นา" in text
    assert Submission.objects.count() == 0


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "😀🙏", "น้ำ ำ ั้ เเล้ว", "' OR 1=1 --", "{{ 7*7 }}"]
)
def test_strange_words_are_kept_as_words(client, hearing, words):
    page = send(client, hearing, **{"c0-reason": words})
    assert page.status_code == 302
    shown = client.get(page.headers["Location"]).content.decode()
    assert "<script>alert" not in shown


def test_an_empty_post_is_answered_with_the_first_question(client, hearing):
    page = client.post(address(hearing), {})
    assert page.status_code == 422
    assert "#id_c0-stance" in page.content.decode()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fields=st.dictionaries(
        st.sampled_from(
            ["step", "go", "key", "started", "c0-block", "c0-stance", "c0-reason", "c1-block", "c9-reason",
             "sector", "province", "district", "subdistrict", "email", "name", "consent", "area_step"]
        ),
        st.text(max_size=40),
    )
)  # fmt: skip
def test_no_input_ever_breaks_the_form(client, hearing, fields):
    assert client.post(address(hearing), answers(**fields)).status_code in (200, 302, 422, 429)


# --- guards ----------------------------------------------------------------------------------------------


def test_the_honeypot_answers_and_keeps_the_text(client, hearing):
    page = send(client, hearing, homepage="http://spam.example")
    assert page.status_code == 422
    assert "แนวหมุดด้านเหนือกินที่นา" in page.content.decode()
    assert "spam.example" not in page.content.decode()


def test_a_form_sent_at_once_is_asked_to_be_sent_again(client, hearing):
    page = send(client, hearing, started=new_start(timezone.now()))
    assert page.status_code == 422
    assert "แนวหมุดด้านเหนือกินที่นา" in page.content.decode()
    assert Submission.objects.count() == 0


def test_an_expired_form_keeps_its_text_and_stores_nothing(hearing):
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(address(hearing), answers())
    assert page.status_code == 403
    assert "แนวหมุดด้านเหนือกินที่นา" in page.content.decode()
    assert Submission.objects.count() == 0
    token = strict.cookies["csrftoken"].value
    again = strict.post(address(hearing), answers(csrfmiddlewaretoken=token))
    assert again.status_code == 302


# --- open or not -----------------------------------------------------------------------------------------


def test_a_hearing_closed_meanwhile_shows_what_was_typed(client, hearing):
    force_close(hearing=hearing, actor=office_head(), now=timezone.now(), reason="น้ำท่วมศาลาประชาคม")
    page = send(client, hearing)
    text = page.content.decode()
    assert page.status_code == 409
    assert "แนวหมุดด้านเหนือกินที่นา" in text
    assert "น้ำท่วมศาลาประชาคม" in text
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("state", ["upcoming", "closed", "result"])
def test_outside_its_time_the_form_says_when(client, state):
    hearing = getattr(HearingFactory, state)(timezone.now())
    page = client.get(address(hearing))
    assert page.status_code == 403
    assert page.content.decode().count("<h1") == 1
    assert send(client, hearing).status_code == 409


def test_a_hearing_nobody_announced_does_not_exist(client):
    hearing = HearingFactory.draft(timezone.now())
    assert client.get(address(hearing)).status_code == 404


def test_the_form_speaks_english_under_en(client, hearing):
    page = client.get(f"/en{address(hearing)}")
    assert page.status_code == 200
    assert "What do you think about this matter?" in page.content.decode()


@pytest.mark.parametrize("name", ["c0-reason", "c0-suggestion"])
def test_a_browser_does_not_cut_a_pasted_text(client, hearing, name):
    page = client.post(address(hearing), answers(step="1", go="next"))
    box = BeautifulSoup(page.content, "html.parser").select_one(f"textarea[name={name}]")
    assert not box.has_attr("maxlength")
    assert box["data-longest"] == "4000"


def test_the_limit_stands_under_the_box_and_is_a_setting(client, hearing, settings):
    settings.HEARING_LONGEST_TEXT = 30
    typed = answers(step="2", go="next", **{"c0-suggestion": "ก" * 31})
    page = client.post(address(hearing), typed)
    assert page.status_code == 422
    shown = BeautifulSoup(page.content, "html.parser")
    box = shown.select_one("textarea[name=c0-suggestion]")
    assert box.get_text().strip() == typed["c0-suggestion"]
    assert "30" in box.find_next_sibling(attrs={"data-limit": True}).get_text()
    assert len(shown.select("[data-limit]")) == len(shown.select("textarea"))
    with pytest.raises(ValidationError, match="30"):
        checked_comments([CommentData(stance=Stance.AGREE, reason="ก" * 31)], set())
