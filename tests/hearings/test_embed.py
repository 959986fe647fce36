"""A hearing on other websites: the only page that may be framed, without cookies, and light."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from core.thaidate import format_day
from hearings.documents.three_minutes import three_minutes_data
from hearings.models import Hearing
from hearings.services.cancel import cancel
from hearings.services.force_close import force_close
from hearings.views.hearing import HearingRoom
from tests.factories.hearings import HearingFactory, comment, office_head

pytestmark = pytest.mark.django_db
LIGHT = 20_000


def test_the_frame_shows_days_count_and_a_way_to_comment(client):
    now = timezone.now()
    hearing = HearingFactory.open(now)
    comment(hearing, now)
    page = client.get(reverse("hearings:embed", args=[hearing.slug]))
    text = page.content.decode()
    assert page.status_code == 200
    assert text.count("<h1") == 1
    assert hearing.title in text
    assert reverse("hearings:comment", args=[hearing.slug]) in text
    assert "<script" not in text
    assert "style=" not in text
    assert "<form" not in text


def test_of_what_ended_early_or_was_called_off_no_later_day_is_told(client):
    now = timezone.now()
    early, off = HearingFactory.open(now), HearingFactory.open(now)
    force_close(hearing=early, actor=office_head(), now=now, reason="น้ำท่วม")
    cancel(hearing=off, actor=office_head(), now=now, reason="น้ำท่วม")
    last = format_day(early.closes_at)
    for hearing in (early, off):
        assert last not in client.get(reverse("hearings:embed", args=[hearing.slug])).content.decode()
    assert Hearing.objects.get(pk=early.pk).open_days == 7
    never = force_close(hearing=HearingFactory.upcoming(now), actor=office_head(), now=now, reason="น้ำท่วม")
    assert (never.open_days, HearingRoom(never, now).has_opened) == (0, False)
    off = Hearing.objects.get(pk=off.pk)
    assert off.result_due is None
    assert not {three_minutes_data(off, now)[name] for name in ("open_days", "until", "result")} - {""}


def test_only_this_page_may_be_framed_by_others(client):
    hearing = HearingFactory.open(timezone.now())
    page = client.get(reverse("hearings:embed", args=[hearing.slug]))
    assert "frame-ancestors *" in page["Content-Security-Policy"]
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert "X-Frame-Options" not in page
    for path in ("/", f"/hearings/{hearing.slug}/", reverse("hearings:comment", args=[hearing.slug])):
        other = client.get(path)
        assert other["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'self'" in other["Content-Security-Policy"]


def test_it_sets_no_cookie_and_is_the_same_for_everyone(client):
    hearing = HearingFactory.open(timezone.now())
    page = client.get(reverse("hearings:embed", args=[hearing.slug]))
    assert not page.cookies
    assert "Set-Cookie" not in page
    assert "public" in page["Cache-Control"]
    assert "Cookie" not in page.get("Vary", "")


def test_page_and_style_together_are_light(client):
    hearing = HearingFactory.open(timezone.now())
    page = client.get(reverse("hearings:embed", args=[hearing.slug]))
    style = settings.BASE_DIR / "static" / "css" / "embed.css"
    assert len(page.content) + style.stat().st_size < LIGHT


@pytest.mark.parametrize("state", ["upcoming", "closed", "result"])
def test_a_hearing_that_takes_no_comments_offers_none(client, state):
    hearing = getattr(HearingFactory, state)(timezone.now())
    for prefix in ("", "/en"):
        text = client.get(f"{prefix}/hearings/{hearing.slug}/embed/").content.decode()
        assert "/comment/" not in text


def test_what_nobody_may_read_cannot_be_framed(client):
    hearing = HearingFactory.draft(timezone.now())
    assert client.get(reverse("hearings:embed", args=[hearing.slug])).status_code == 404


def test_the_kit_for_change_agents_hands_out_the_lines(client):
    hearing = HearingFactory.open(timezone.now())
    text = client.get(reverse("hearings:share", args=[hearing.slug])).content.decode()
    assert f"&lt;iframe src=&quot;http://testserver/hearings/{hearing.slug}/embed/" in text.replace(
        '"', "&quot;"
    )
