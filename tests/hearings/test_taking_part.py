"""Who may comment, reply and support on the website: every rule times every kind of person."""

from __future__ import annotations

import uuid

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.identity.provider import IdentityProvider
from accounts.models import User
from accounts.roles import Role
from hearings.enums import Channel, WhoMay
from hearings.models import Comment, Hearing, Submission
from hearings.person import Person
from hearings.services.clone import clone
from hearings.services.data import CommentData
from hearings.services.reply import reply
from hearings.services.revise import revise
from hearings.services.submit import submit
from hearings.services.support import support, take_back_support
from hearings.services.taking_part import MayNotTakePart
from tests.factories.hearings import HearingFactory, comment, office_head, submission_data
from tests.hearings.journey import address, answers
from tests.hearings.people import HOME, person

pytestmark = pytest.mark.django_db
PROVIDER = "thaid"
WHO = ("nobody", "member", "confirmed", "staff")
ALLOWED = {
    WhoMay.EVERYONE: set(WHO),
    WhoMay.SIGNED_IN: {"member", "confirmed", "staff"},
    WhoMay.VERIFIED: {"confirmed"},
}


@pytest.fixture(autouse=True)
def a_provider(settings) -> None:
    settings.IDENTITY_PROVIDERS = [PROVIDER]


def visitor(who: str) -> User | None:
    if who == "nobody":
        return None
    found = person(Role.STRATEGY if who == "staff" else Role.MEMBER)
    if who == "confirmed":
        SocialAccount.objects.create(user=found, provider=PROVIDER, uid=uuid.uuid4().hex)
    return found


def section_with(hearing: Hearing, rule: str) -> CommentData:
    block = hearing.current_draft.blocks.order_by("order")[1]
    block.who_may_comment = rule
    block.save()
    return CommentData(stance="partly", block_key=block.key, reason="เรื่องคันกั้นน้ำ")


def send(hearing: Hearing, author: User | None, *said: CommentData) -> Submission:
    words = list(said) or [CommentData(stance="partly", reason="เห็นด้วยบางส่วน")]
    return submit(
        hearing=hearing, data=submission_data(), comments=words, idempotency_key=uuid.uuid4(),
        now=timezone.now(), author=author,
    ).submission  # fmt: skip


@pytest.mark.parametrize("rule", WhoMay.values)
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("way", ["comment", "section", "reply", "support"])
def test_the_rule_decides_the_same_on_every_way_of_writing(way, who, rule):
    now = timezone.now()
    hearing = HearingFactory.open(now)
    stored = comment(hearing, now).submission.comments.get()
    if way == "section":
        said = section_with(hearing, rule)
    elif way == "support":
        Hearing.objects.filter(pk=hearing.pk).update(who_may_support=rule)
    else:
        Hearing.objects.filter(pk=hearing.pk).update(who_may_comment=rule)
    author = visitor(who)

    def write() -> None:
        if way == "comment":
            send(hearing, author)
        elif way == "section":
            send(hearing, author, said)
        elif way == "reply":
            reply(comment=stored, text="เห็นด้วย", idempotency_key=uuid.uuid4(), now=now, author=author)
        else:
            support(comment=stored, person=Person("browser:x"), now=now, user=author)

    if who in ALLOWED[WhoMay(rule)]:
        write()
        return
    before = Submission.objects.count()
    with pytest.raises(MayNotTakePart) as refused:
        write()
    assert refused.value.rule == rule
    assert Submission.objects.count() == before


def test_commenting_and_supporting_have_rules_of_their_own():
    now = timezone.now()
    hearing = HearingFactory.open(now, who_may_support=WhoMay.SIGNED_IN)
    stored = send(hearing, None).comments.get()
    with pytest.raises(MayNotTakePart):
        support(comment=stored, person=Person("browser:x"), now=now)
    assert take_back_support(comment=stored, person=Person("browser:x"), now=now).supports_counted == 0


def test_a_section_never_asks_for_less_than_its_hearing():
    hearing = HearingFactory.open(timezone.now(), who_may_comment=WhoMay.VERIFIED)
    with pytest.raises(MayNotTakePart):
        send(hearing, visitor("member"), section_with(hearing, WhoMay.SIGNED_IN))


def test_paper_is_written_down_whatever_the_rule():
    now = timezone.now()
    hearing = HearingFactory.open(now, who_may_comment=WhoMay.VERIFIED, provinces=[HOME])
    data = submission_data(channel=Channel.PAPER, entered_by=person(Role.STRATEGY))
    words = [CommentData(stance="partly", reason="จากแบบกระดาษ")]
    submit(hearing=hearing, data=data, comments=words, idempotency_key=uuid.uuid4(), now=now)
    assert Comment.objects.get().reason == "จากแบบกระดาษ"


def test_an_author_keeps_a_comment_but_adds_a_stricter_section_only_if_allowed():
    now = timezone.now()
    hearing = HearingFactory.open(now)
    sent = comment(hearing, now)
    said = section_with(hearing, WhoMay.SIGNED_IN)
    kept = CommentData(stance="partly", reason="เปลี่ยนคำ")

    def change(*words: CommentData) -> Submission:
        return revise(
            submission=sent.submission, edit_code=sent.edit_code, data=submission_data(),
            comments=list(words), now=now,
        )  # fmt: skip

    assert change(kept).comments.current().get().reason == "เปลี่ยนคำ"
    with pytest.raises(MayNotTakePart):
        change(kept, said)


def test_a_confirmation_of_a_provider_we_do_not_know_counts_nothing():
    hearing = HearingFactory.open(timezone.now(), who_may_comment=WhoMay.VERIFIED)
    member = visitor("member")
    SocialAccount.objects.create(user=member, provider="someone-else", uid="1")
    with pytest.raises(MayNotTakePart):
        send(hearing, member)


def test_the_section_rule_of_the_editor_is_frozen_with_the_draft(now):
    draft = HearingFactory.draft(now)
    draft.draft[0].value["who_may_comment"] = WhoMay.VERIFIED
    draft.save()
    from hearings.services.drafts import freeze

    frozen = freeze(draft, now=now)
    assert [block.who_may_comment for block in frozen.blocks.order_by("order")] == [WhoMay.VERIFIED, "", ""]


def test_a_copy_keeps_the_rules(now):
    source = HearingFactory.open(now, who_may_comment=WhoMay.SIGNED_IN, who_may_support=WhoMay.VERIFIED)
    copy = clone(hearing=source, actor=office_head(), now=now)
    assert (copy.who_may_comment, copy.who_may_support) == (WhoMay.SIGNED_IN, WhoMay.VERIFIED)


# --- pages ---------------------------------------------------------------------------------------------------


def test_the_form_says_before_a_word_is_typed_that_one_has_to_sign_in(client):
    hearing = HearingFactory.open(timezone.now(), who_may_comment=WhoMay.SIGNED_IN)
    page = client.get(address(hearing))
    assert page.status_code == 403
    text = page.content.decode()
    assert text.count("<h1") == 1
    assert f"{reverse('account_login')}?next=%2Fhearings%2F" in text
    assert "form.pdf" in text
    client.force_login(person(Role.MEMBER))
    assert client.get(address(hearing)).status_code == 200


def test_whoever_lost_the_session_while_writing_loses_no_word(client):
    hearing = HearingFactory.open(timezone.now(), who_may_comment=WhoMay.SIGNED_IN)
    page = client.post(address(hearing), answers())
    assert page.status_code == 422
    text = page.content.decode()
    assert "แนวหมุดด้านเหนือกินที่นา" in text
    assert reverse("accounts:identity") in text
    assert not Submission.objects.exists()


def test_the_page_of_the_hearing_says_which_section_asks_for_more(client):
    hearing = HearingFactory.open(timezone.now())
    section_with(hearing, WhoMay.VERIFIED)
    text = client.get(f"/hearings/{hearing.slug}/").content.decode()
    assert text.count("On this section only people comment") + text.count("เฉพาะข้อนี้") == 1


@pytest.mark.parametrize("name", ["reply", "support"])
def test_reply_and_support_say_who_may_and_keep_what_was_typed(client, name):
    hearing = HearingFactory.open(
        timezone.now(), who_may_comment=WhoMay.SIGNED_IN, who_may_support=WhoMay.SIGNED_IN
    )
    pk = send(hearing, visitor("member")).comments.get().pk
    where = reverse(f"hearings:{name}", args=[hearing.slug, pk])
    assert reverse("account_login") in client.get(where).content.decode()


# --- confirming ----------------------------------------------------------------------------------------------


def test_nothing_that_a_provider_tells_is_stored(rf):
    app = SocialApp(provider="openid_connect", provider_id=PROVIDER, name="ThaID", client_id="x")
    provider = IdentityProvider(rf.get("/"), app=app)
    told = {
        "userinfo": {
            "sub": "1103702071811",
            "pid": "1103702071811",
            "name": "สมชาย",
            "email": "a@example.org",
        }
    }
    login = provider.sociallogin_from_response(rf.get("/"), told)
    kept = f"{login.account.uid}{login.account.extra_data}{login.user.first_name}{login.user.email}"
    assert "1103702071811" not in kept
    assert "สมชาย" not in kept
    assert login.account.uid == provider.extract_uid(told)
    assert login.account.extra_data == {}


def test_the_page_to_confirm_says_so_where_the_office_has_no_provider(client):
    client.force_login(person(Role.MEMBER))
    page = client.get(reverse("accounts:identity") + "?next=https://elsewhere.example/")
    assert page.status_code == 200
    assert "elsewhere" not in page.content.decode().split("<main")[1]


def test_a_confirmation_is_shown_and_can_be_taken_out(client):
    member = visitor("confirmed")
    client.force_login(member)
    assert 'value="forget"' in client.get(reverse("accounts:identity")).content.decode()
    client.post(reverse("accounts:identity"), {"go": "forget"})
    assert not SocialAccount.objects.filter(user=member).exists()


def test_with_a_provider_the_button_leads_there(client, settings):
    settings.IDENTITY_PROVIDER, settings.IDENTITY_PROVIDER_NAME = PROVIDER, "ThaID"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [{"provider_id": PROVIDER, "name": "ThaID", "client_id": "x", "secret": "y",
                      "settings": {"server_url": "https://id.example"}}]
        }
    }  # fmt: skip
    client.force_login(person(Role.MEMBER))
    text = client.get(reverse("accounts:identity") + "?next=/hearings/").content.decode()
    assert f"/accounts/oidc/{PROVIDER}/login/?process=connect&amp;next=%2Fhearings%2F" in text


def test_the_rule_is_no_field_of_a_hearing_that_was_announced(now):
    from hearings.editor import FROZEN_FIELDS

    assert {"who_may_comment", "who_may_support"} <= set(FROZEN_FIELDS)
    assert issubclass(MayNotTakePart, ValidationError)
