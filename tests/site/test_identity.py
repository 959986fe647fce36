"""Confirming who one is, against a provider that speaks real HTTP: what is believed, and all that is not (P37).

What stays untried is ThaID itself (docs/accounts.md).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives import serialization
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.identity.confirmed import is_identity_confirmed
from accounts.models import User
from tests.site.identity_provider import CITIZEN, CLIENT, SECRET, Provider, new_key, running

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/oidc/thaid/login/"
HERE = "/hearings/"


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    with running() as found:
        settings.IDENTITY_PROVIDER, settings.IDENTITY_PROVIDER_NAME = "thaid", "ThaID"
        settings.IDENTITY_PROVIDERS = ["thaid"]
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [{"provider_id": "thaid", "name": "ThaID", "client_id": CLIENT, "secret": SECRET,
                          "settings": {"server_url": found.address, "fetch_userinfo": False}}],
            }
        }  # fmt: skip
        yield found


@pytest.fixture
def member() -> User:
    return User.objects.create_user("member@example.org", "tests")


@pytest.fixture
def browser(member: User) -> Client:
    found = Client()
    found.force_login(member)
    return found


def ask(browser: Client, query: str = f"?process=connect&next={HERE}") -> HttpResponse:
    return browser.post(f"{LOGIN}{query}")


def confirm(browser: Client, provider: Provider) -> HttpResponse:
    return browser.get(provider.authorise(ask(browser).url))


def refused(answer: HttpResponse, browser: Client, member: User) -> str:
    """Back where it began with a sentence; nothing is kept, and nobody was signed out."""
    assert (answer.status_code, answer.url) == (302, reverse("accounts:identity"))
    assert not SocialAccount.objects.exists()
    assert not is_identity_confirmed(member)
    page = browser.get(answer.url)
    *_earlier, message = page.context["messages"]
    assert str(message) in page.content.decode()
    return str(message)


def test_a_person_is_confirmed_and_nothing_that_was_told_is_kept(provider, browser, member):
    answer = confirm(browser, provider)
    assert (answer.status_code, answer.url) == (302, HERE)
    assert is_identity_confirmed(member)
    [account] = SocialAccount.objects.all()
    assert account.user == member
    assert CITIZEN not in f"{account.uid}{account.extra_data}"
    assert account.extra_data == {}
    assert not SocialToken.objects.exists()
    member.refresh_from_db()
    assert (member.email, member.first_name) == ("member@example.org", "")


def test_only_who_one_is_is_asked_and_the_address_cannot_ask_for_more(provider, browser):
    ask_more = "?process=connect&scope=pid,birthdate&auth_params=nonce%3Dx%26prompt%3Dnone"
    provider.authorise(ask(browser, ask_more).url)
    assert provider.asked["scope"] == "openid"
    assert provider.asked["response_type"] == "code"
    assert provider.asked["code_challenge_method"] == "S256"
    assert len(provider.asked["nonce"]) == 64
    assert len(provider.asked["state"]) >= 16
    assert "prompt" not in provider.asked
    first = provider.asked
    provider.authorise(browser.post(f"/en{LOGIN}?process=connect").url)
    assert provider.asked["redirect_uri"] == first["redirect_uri"], "the provider knows one address"
    assert provider.asked["nonce"] != first["nonce"]


def hostile(provider: Provider) -> dict[str, Any]:
    public = provider.key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    stranger = new_key()
    return {
        "signed by somebody else": lambda c: jwt.encode(c, stranger, "RS256", headers={"kid": provider.kid}),
        "a key nobody published": lambda c: jwt.encode(c, stranger, "RS256", headers={"kid": "k9"}),
        "not signed": lambda c: jwt.encode(c, None, "none", headers={"kid": provider.kid}),
        "signed with our secret": lambda c: hs256_with(SECRET.encode(), c, provider.kid),
        "the public key as a secret": lambda c: hs256_with(public, c, provider.kid),
        "changed on the way": lambda c: tampered(provider.sign_well(c)),
        "no token at all": lambda c: "",
        "something else": lambda c: "a.b.c",
    }


def hs256_with(secret: bytes, claims: dict, kid: str) -> str:
    """By hand: the library refuses to sign so."""
    import base64
    import hashlib
    import hmac
    import json

    def part(value: bytes) -> str:
        return base64.urlsafe_b64encode(value).decode().rstrip("=")

    head = part(json.dumps({"alg": "HS256", "typ": "JWT", "kid": kid}).encode())
    signed = f"{head}.{part(json.dumps(claims).encode())}"
    return f"{signed}.{part(hmac.new(secret, signed.encode(), hashlib.sha256).digest())}"


def tampered(token: str) -> str:
    import base64
    import json

    head, body, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    changed = base64.urlsafe_b64encode(json.dumps({**claims, "sub": "1"}).encode()).decode().rstrip("=")
    return f"{head}.{changed}.{signature}"


@pytest.mark.parametrize(
    "name",
    [
        "signed by somebody else", "a key nobody published", "not signed", "signed with our secret",
        "the public key as a secret", "changed on the way", "no token at all", "something else",
    ],
)  # fmt: skip
def test_what_the_provider_did_not_sign_is_not_believed(provider, browser, member, name):
    provider.sign_well = provider.sign
    provider.sign = hostile(provider)[name]
    refused(confirm(browser, provider), browser, member)


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"}, {"iss": None}, {"aud": "another"}, {"aud": None}, {"sub": None},
        {"aud": [CLIENT, "another"]}, {"nonce": "of yesterday"}, {"nonce": None}, {"iat": None}, {"exp": None},
        {"exp": int(time.time()) - 3600}, {"iat": int(time.time()) + 3600}, {"nbf": int(time.time()) + 3600},
    ],
)  # fmt: skip
def test_a_token_for_somebody_else_or_of_another_time_is_not_believed(
    provider, browser, member, caplog, claims
):
    provider.claims = claims
    refused(confirm(browser, provider), browser, member)
    assert "not confirmed: the token" in caplog.text
    assert CITIZEN not in caplog.text


def test_clocks_may_differ_by_a_minute_and_keys_may_change(provider, browser, member):
    provider.claims = {"exp": int(time.time()) - 30, "aud": [CLIENT, "another"], "azp": CLIENT}
    provider.key, provider.kid = new_key(), "k2"
    assert confirm(browser, provider).url == HERE
    assert is_identity_confirmed(member)


@pytest.mark.parametrize("path", ["/token", "/keys"])
@pytest.mark.parametrize("answer", [500, 404, "<html>", "[]", "{}", '{"keys": [{"kty": "RSA"}]}'])
def test_a_provider_in_trouble_is_no_error_of_ours(provider, browser, member, path, answer):
    provider.broken = {path: answer}
    refused(confirm(browser, provider), browser, member)


@pytest.mark.parametrize("answer", [503, "<html>", "[]", "{}", '{"issuer": 7}'])
def test_a_provider_that_does_not_answer_is_said_at_once_and_on_the_way_back(
    provider, browser, member, answer
):
    back = provider.authorise(ask(browser).url)
    provider.broken = {"/.well-known/openid-configuration": answer}
    refused(browser.get(back), browser, member)
    refused(ask(browser), browser, member)


def test_nobody_listens_there(browser, member, provider, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://127.0.0.1:9"
    )
    refused(ask(browser), browser, member)


def test_an_answer_works_once_and_in_the_browser_that_asked(provider, browser, member):
    back = provider.authorise(ask(browser).url)
    stranger = Client()
    stranger.force_login(User.objects.create_user("stranger@example.org", "tests"))
    refused(stranger.get(back), stranger, member)
    for changed in (back.replace("state=", "state=x"), back.split("&state")[0]):
        refused(browser.get(changed), browser, member)
    assert browser.get(back).url == HERE
    SocialAccount.objects.all().delete()
    refused(browser.get(back), browser, member)


@pytest.mark.parametrize("error", ["access_denied", "server_error", "login_required", "<script>"])
def test_whoever_stops_there_comes_back_as_before(provider, browser, member, error):
    back = provider.authorise(ask(browser).url).replace("code=c0de", f"error={error}")
    message = refused(browser.get(back), browser, member)
    assert "script" not in message


@pytest.mark.parametrize(
    ("claim", "said", "is_enough"),
    [
        ("acr", {"acr": "ial2.3"}, True), ("acr", {"acr": "ial1"}, False), ("acr", {}, False),
        ("ial", {"ial": 2.3}, True), ("ial", {"ial": "1.1"}, False), ("ial", {"acr": "2.3"}, False),
    ],
)  # fmt: skip
def test_the_office_may_ask_how_surely_the_provider_knows(
    provider, browser, member, settings, claim, said, is_enough
):
    settings.IDENTITY_LEVEL_CLAIM, settings.IDENTITY_LEVELS = claim, ["ial2.3", "2.3"]
    provider.claims = said
    answer = confirm(browser, provider)
    asked = provider.asked.get("acr_values") if claim == "acr" else provider.asked["scope"]
    assert set(asked.split()) == ({"ial2.3", "2.3"} if claim == "acr" else {"openid", "ial"})
    if is_enough:
        assert answer.url == HERE
        assert is_identity_confirmed(member)
    else:
        refused(answer, browser, member)


def test_one_identity_stands_behind_one_account(provider, browser, member):
    confirm(browser, provider)
    other = User.objects.create_user("other@example.org", "tests")
    second = Client()
    second.force_login(other)
    answer = confirm(second, provider)
    assert answer.url == reverse("accounts:identity")
    assert not is_identity_confirmed(other)
    assert is_identity_confirmed(member)
    assert second.session["_auth_user_id"] == str(other.pk)
    assert confirm(browser, provider).status_code == 302, "the same again is no mistake"
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("process", ["login", "redirect", "connect", ""])
def test_an_identity_opens_no_door(provider, browser, member, process):
    """The account behind a confirmed identity is not entered with it: password and second step stay the one door."""
    confirm(browser, provider)
    stranger = Client()
    answer = stranger.get(provider.authorise(ask(stranger, f"?process={process}").url))
    assert "_auth_user_id" not in stranger.session
    assert answer.url == reverse("accounts:identity")
    assert User.objects.count() == 1


def test_only_a_button_begins_it(provider, browser):
    assert browser.get(LOGIN).status_code == 405
    assert browser.post("/accounts/oidc/nothing/login/").status_code == 404
    assert browser.get("/accounts/oidc/nothing/login/callback/").status_code == 404
    elsewhere = ask(browser, "?process=connect&next=https://elsewhere.example/")
    answer = browser.get(provider.authorise(elsewhere.url))
    assert "elsewhere" not in answer.url
