"""The admin's side: tabs, frozen panels, steps with their confirm screens, reading and deciding on submissions."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from accounts.models import User
from accounts.roles import Role
from geography.models import Cluster, SiteCluster
from hearings.enums import HearingState, Stage
from hearings.models import Hearing, HearingIndexPage, Meeting, StageChange, Submission
from hearings.wagtail_hooks import no_record_goes_in_bulk
from tests.factories.hearings import HearingFactory, comment
from tests.hearings.people import ELSEWHERE, HOME, person, province

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def our_cluster() -> None:
    """As every site has one: without it the editor offers every district of the country, which takes seconds."""
    SiteCluster.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={"cluster": Cluster.objects.get(slug="north-lower-2")},
    )


@pytest.fixture
def real_now() -> dt.datetime:
    """The admin asks the real clock."""
    return timezone.now()


@pytest.fixture
def head(client) -> User:
    user = person(Role.OFFICE_HEAD)
    client.force_login(user)
    return user


def edit_url(hearing: Hearing) -> str:
    return reverse("wagtailadmin_pages:edit", args=[hearing.pk])


def step_url(hearing: Hearing, verb: str) -> str:
    return reverse("hearings_step", args=[hearing.pk, verb])


def form_data(**changes: object) -> dict:
    section = ("section", {"heading": "แนวเขต", "body": rich_text("<p>ปักหมุด</p>")})
    return nested_form_data(
        {
            "title": "โครงการใหม่", "title_en": "", "slug": "", "code": "นว-2569-099", "kind": "project",
            "summary": "เรื่องย่อ", "summary_en": "", "plain_summary": streamfield([]), "intro": streamfield([]),
            "draft": streamfield([section]), "result_body": streamfield([]),
            "notice_number": "", "notice_published_at": "1/12/2569", "opens_at": "20 ธ.ค. 2569 08.30",
            "closes_at": "๙/๑/๒๕๗๐ ๒๓.๕๙ น.", "moderation_mode": "post", "legal_basis": "",
            "topics": "", "lead_agency": "", "affected_people": "",
            "impacts": "", "mitigation": "", "necessity": "", "essence": "", "operator": "", "site": "",
            "timetable": "", "outputs": "", "cost": "", "how_to_comment": "", "signer_name": "",
            "signer_position": "", "no_posting_reason": "", "listing_image": "", "social_title": "",
            "responsible_person": "", "seo_title": "", "search_description": "",
            "contacts": inline_formset([{"name": "สมศรี", "role": "", "phone": "", "email": ""}]),
            "documents": inline_formset([]), "meetings": inline_formset([]),
            "methods": inline_formset([]), "benefits": inline_formset([]),
            "comments": inline_formset([]), **changes,
        }
    )  # fmt: skip


def test_an_officer_makes_a_hearing_and_types_the_years_in_the_buddhist_era(client, head):
    index = HearingIndexPage.objects.get(locale__language_code="th")
    url = reverse("wagtailadmin_pages:add", args=["hearings", "hearing", index.pk])
    assert client.get(url).status_code == 200
    response = client.post(url, form_data() | {"provinces": [HOME]})
    assert response.status_code == 302, response.context["form"].errors
    hearing = Hearing.objects.get(code="นว-2569-099").get_latest_revision_as_object()
    assert timezone.localtime(hearing.opens_at).isoformat() == "2026-12-20T08:30:00+07:00"
    assert timezone.localtime(hearing.closes_at).isoformat() == "2027-01-09T23:59:00+07:00"
    assert hearing.notice_published_at == dt.date(2026, 12, 1)
    assert hearing.stage == Stage.DRAFT
    assert hearing.acting_provinces() == [HOME]


def test_a_meeting_is_typed_in_the_buddhist_era_too(client, head):
    index = HearingIndexPage.objects.get(locale__language_code="th")
    meeting = {
        "title": "เวทีหมู่ 4", "mode": "onsite", "starts_at": "28/11/2569 09.30", "ends_at": "28/11/2569 12.00",
        "place": "ศาลา", "online_url": "", "seats": "40", "agenda": "", "minutes": "",
        "attendance": inline_formset([]),
    }  # fmt: skip
    data = form_data(meetings=inline_formset([meeting]))
    response = client.post(reverse("wagtailadmin_pages:add", args=["hearings", "hearing", index.pk]), data)
    assert response.status_code == 302, response.context["form"].formsets["meetings"].errors
    hearing = Hearing.objects.get(code="นว-2569-099").get_latest_revision_as_object()
    assert timezone.localtime(hearing.meetings.get().starts_at).hour == 9


def test_wrong_times_are_named_and_everything_typed_stays(client, head):
    index = HearingIndexPage.objects.get(locale__language_code="th")
    data = form_data(opens_at="31/2/2569 08.30", closes_at="พรุ่งนี้")
    response = client.post(reverse("wagtailadmin_pages:add", args=["hearings", "hearing", index.pk]), data)
    assert response.status_code == 200
    assert {"opens_at", "closes_at"} <= set(response.context["form"].errors)
    assert "พรุ่งนี้" in response.content.decode()


def fields_of(response) -> set[str]:
    return set(response.context["form"].fields)


def test_the_draft_and_the_dates_can_be_edited_before_and_not_after_the_announcement(client, head, real_now):
    before = client.get(edit_url(HearingFactory.draft(real_now)))
    after = client.get(edit_url(HearingFactory.open(real_now)))
    assert {"draft", "opens_at", "closes_at", "code"} <= fields_of(before)
    assert not {"draft", "opens_at", "closes_at", "code", "stage"} & fields_of(after)
    assert "ขอบเขตบึงและแนวเขตที่ดิน" in after.content.decode()


def test_after_closing_the_draft_can_be_changed_for_a_second_version(client, head, real_now):
    assert "draft" in fields_of(client.get(edit_url(HearingFactory.summarising(real_now))))


def test_saving_an_announced_hearing_in_the_editor_changes_neither_stage_nor_dates_nor_draft(
    client, head, real_now
):
    hearing = HearingFactory.open(real_now)
    data = form_data(
        title="ชื่อใหม่", slug=hearing.slug, opens_at="1/1/2560 00.00", closes_at="1/1/2580 00.00", stage="draft",
        search_description="ค้นหา",
    )  # fmt: skip
    data["action-publish"] = "1"
    response = client.post(edit_url(hearing), data)
    assert response.status_code == 302, response.context["form"].errors
    stored = Hearing.objects.get(pk=hearing.pk)
    assert stored.search_description == "ค้นหา"
    assert (stored.title, stored.summary) == (hearing.title, hearing.summary)
    assert stored.contacts.get().name == hearing.contacts.get().name
    assert (stored.stage, stored.opens_at, stored.closes_at) == (
        Stage.ANNOUNCED,
        hearing.opens_at,
        hearing.closes_at,
    )
    assert stored.code == hearing.code
    assert len(stored.draft) == 3


def test_after_the_announcement_the_editor_touches_no_meeting(client, head, real_now):
    """Added, changed and taken out at the desk, with a numbered correction (R10)."""
    announced, draft = HearingFactory.open(real_now), HearingFactory.draft(real_now)
    held = Meeting.objects.create(hearing=announced, title="เวที", starts_at=real_now + dt.timedelta(days=3))
    row = {"title": "เวทีใหม่", "mode": "onsite", "series": "single", "starts_at": "", "ends_at": "", "place": "",
           "online_url": "", "seats": "", "agenda": "", "minutes": "", "attendance": inline_formset([])}  # fmt: skip
    meetings = inline_formset([row])
    page = client.get(edit_url(announced)).content.decode()
    assert "เวที" in page
    assert 'name="meetings-TOTAL_FORMS"' not in page
    taken_out = inline_formset([{**row, "id": held.pk, "DELETE": "on"}], initial=1)
    for sent in (meetings, taken_out):
        data = form_data(slug=announced.slug, meetings=sent) | {"action-publish": "1"}
        assert client.post(edit_url(announced), data).status_code == 302
        assert [meeting.title for meeting in announced.meetings.all()] == ["เวที"]
    data = form_data(slug=draft.slug, meetings=meetings) | {"provinces": [HOME]}
    response = client.post(edit_url(draft), data)
    assert response.status_code == 302, response.context["form"].errors


def test_an_old_revision_never_brings_an_old_stage_back(client, head, real_now):
    hearing = HearingFactory.draft(real_now)
    old = hearing.save_revision()
    client.post(step_url(hearing, "announce"), {"reason": ""})
    old.refresh_from_db()
    old.publish()
    stored = Hearing.objects.get(pk=hearing.pk)
    assert stored.stage == Stage.ANNOUNCED
    assert stored.announced_at


def test_publish_is_not_offered_before_the_announcement_nor_unpublish_after(client, head, real_now):
    before = client.get(edit_url(HearingFactory.draft(real_now))).content.decode()
    after = client.get(edit_url(HearingFactory.open(real_now))).content.decode()
    assert 'name="action-publish"' not in before
    assert 'name="action-publish"' in after
    assert "/unpublish/" not in after


def test_a_page_published_past_the_announcement_is_still_not_readable(client, real_now):
    hearing = HearingFactory.draft(real_now)
    hearing.save_revision().publish()
    assert client.get(Hearing.objects.get(pk=hearing.pk).url).status_code == 404


def test_the_header_offers_exactly_the_steps_that_are_possible(client, head, real_now):
    draft = client.get(edit_url(HearingFactory.draft(real_now))).content.decode()
    opened = client.get(edit_url(HearingFactory.open(real_now))).content.decode()
    assert "/step/announce/" in draft
    assert "/step/result/" not in draft
    assert "/step/close-early/" in opened
    assert "/step/announce/" not in opened


def test_announcing_in_the_admin_publishes_the_page(client, head, real_now):
    hearing = HearingFactory.draft(real_now)
    assert client.get(step_url(hearing, "announce")).status_code == 200
    response = client.post(step_url(hearing, "announce"), {"reason": ""})
    assert response.status_code == 302
    stored = Hearing.objects.get(pk=hearing.pk)
    assert stored.live
    assert stored.state(timezone.now()) == HearingState.ANNOUNCED
    assert stored.current_draft.number == 1
    assert StageChange.objects.get().actor == head


def test_the_announce_screen_lists_what_is_missing_and_refuses(client, head, real_now):
    hearing = HearingFactory.draft(real_now, contacts=[], summary="")
    page = client.get(step_url(hearing, "announce")).content.decode()
    response = client.post(step_url(hearing, "announce"), {"reason": ""})
    assert response.status_code == 200
    assert len(response.context["form"].non_field_errors()) == 2
    assert all(sentence in page for sentence in response.context["form"].non_field_errors())
    assert not Hearing.objects.get(pk=hearing.pk).live


def test_extending_asks_for_a_time_and_a_reason(client, head, real_now):
    hearing = HearingFactory.open(real_now)
    response = client.post(step_url(hearing, "extend"), {"closes_at": "", "reason": ""})
    assert set(response.context["form"].errors) == {"closes_at", "reason"}
    last = timezone.localdate(real_now) + dt.timedelta(days=60)
    typed = {"closes_at": f"{last.day}/{last.month}/{last.year + 543} 23.59", "reason": "ภาคเอกชนยังไม่ตอบ"}
    assert client.post(step_url(hearing, "extend"), typed).status_code == 302
    assert Hearing.objects.get(pk=hearing.pk).closes_on == last


@pytest.mark.parametrize("verb", ["close-early", "cancel"])
def test_taking_away_asks_for_a_reason(client, head, real_now, verb):
    hearing = HearingFactory.open(real_now)
    assert client.post(step_url(hearing, verb), {"reason": "  "}).context["form"].errors
    assert client.post(step_url(hearing, verb), {"reason": "งบประมาณเปลี่ยน"}).status_code == 302
    assert not Hearing.objects.get(pk=hearing.pk).can_comment(timezone.now())


def test_an_impossible_step_leads_back_with_a_sentence(client, head, real_now):
    hearing = HearingFactory.open(real_now)
    response = client.post(step_url(hearing, "result"), {})
    assert response.status_code == 302
    assert Hearing.objects.get(pk=hearing.pk).stage == Stage.ANNOUNCED


def test_unknown_steps_and_hearings_are_not_found(client, head, real_now):
    assert client.get(step_url(HearingFactory.draft(real_now), "explode")).status_code == 404
    assert client.get(reverse("hearings_step", args=[999_999, "announce"])).status_code == 404


@pytest.mark.parametrize("role", [Role.ADMINISTRATION, Role.MONITORING, Role.MEMBER, None])
def test_who_may_not_announce_is_refused(client, real_now, role):
    hearing = HearingFactory.draft(real_now)
    client.force_login(person(role))
    response = client.post(step_url(hearing, "announce"), {"reason": ""})
    assert response.status_code in (302, 403)
    assert Hearing.objects.get(pk=hearing.pk).stage == Stage.DRAFT


def test_an_announced_hearing_cannot_be_deleted_or_unpublished(client, real_now):
    hearing = HearingFactory.open(real_now)
    client.force_login(User.objects.create_superuser("root@example.org", "tests"))
    for name in ("wagtailadmin_pages:delete", "wagtailadmin_pages:unpublish"):
        client.post(reverse(name, args=[hearing.pk]))
        assert Hearing.objects.get(pk=hearing.pk).live
    client.post(reverse("wagtailadmin_pages:delete", args=[hearing.get_parent().pk]))
    assert Hearing.objects.filter(pk=hearing.pk).exists()
    with pytest.raises(PermissionDenied):
        no_record_goes_in_bulk(None, "delete", [hearing], None)


def test_a_copy_starts_as_a_draft_of_its_own(real_now):
    hearing = HearingFactory.open(real_now)
    copy = hearing.copy(update_attrs={"slug": "copy"}, keep_live=False).specific
    assert (copy.code, copy.stage, copy.announced_at, copy.current_draft) == (None, Stage.DRAFT, None, None)
    assert copy.contacts.count() == 1


# --- submissions -------------------------------------------------------------------------------------------


def index_url(query: str = "") -> str:
    return reverse("hearings_submission:index") + query


def inspected(submission: Submission) -> str:
    return reverse("hearings_submission:inspect", args=[submission.pk])


def at_desk(submission: Submission) -> str:
    return f"{reverse('hearings_desk:moderation')}?item={submission.pk}"


def test_the_list_of_submissions_opens_with_filters_and_finds_a_number_as_it_is_read_out(
    client, head, real_now
):
    hearing = HearingFactory.open(real_now)
    first = comment(hearing, real_now).submission
    other = comment(hearing, real_now, reason="ทางเบี่ยงหน้าโรงเรียน").submission
    page = client.get(index_url()).content.decode()
    assert first.grouped_receipt_no in page
    assert other.grouped_receipt_no in page
    found = client.get(index_url(f"?q={first.grouped_receipt_no}")).content.decode()
    assert first.grouped_receipt_no in found
    assert other.grouped_receipt_no not in found
    words = client.get(index_url("?q=โรงเรียน")).content.decode()
    assert other.grouped_receipt_no in words
    assert first.grouped_receipt_no not in words
    hidden = client.get(index_url(f"?visibility=hidden&hearing={hearing.pk}")).content.decode()
    assert first.grouped_receipt_no not in hidden


def test_the_list_takes_the_same_queries_for_one_and_for_twenty(
    client, head, real_now, django_assert_max_num_queries
):
    hearing = HearingFactory.open(real_now)
    comment(hearing, real_now)
    client.get(index_url())
    with django_assert_max_num_queries(60) as one:
        client.get(index_url())
    for _ in range(19):
        comment(hearing, real_now)
    with django_assert_max_num_queries(len(one)):
        client.get(index_url())


def test_a_submission_is_read_in_the_admin_and_decided_on_at_the_desk(client, head, real_now):
    submission = comment(HearingFactory.open(real_now), real_now, reason="นายดำโกงเงิน").submission
    page = client.get(inspected(submission)).content.decode()
    desk = at_desk(submission)
    assert "นายดำโกงเงิน" in page
    assert f'href="{desk}#item"' in page
    assert client.get(desk).context["queue"].opened == submission


def test_a_group_is_confirmed(client, head, real_now):
    receipt = comment(
        HearingFactory.open(real_now), real_now, capacity="group", organisation="กลุ่มโรงสี",
        publish_name="name", name="สมชาย",
    )  # fmt: skip
    submission = receipt.submission
    assert submission.public_organisation == ""
    client.post(reverse("hearings_confirm_group", args=[submission.pk]), {"confirmed": "yes"})
    submission.refresh_from_db()
    assert submission.public_organisation == "กลุ่มโรงสี"
    assert client.get(inspected(submission)).status_code == 200


def test_nothing_of_a_submission_can_be_added_changed_or_deleted(client, real_now):
    submission = comment(HearingFactory.open(real_now), real_now).submission
    client.force_login(User.objects.create_superuser("root@example.org", "tests"))
    client.post(reverse("hearings_submission:add"), {})
    client.post(reverse("hearings_submission:edit", args=[submission.pk]), {})
    client.post(reverse("hearings_submission:delete", args=[submission.pk]), {})
    assert Submission.objects.get() == submission


def test_a_coordinator_sees_and_opens_only_on_the_own_province(client, real_now):
    at_home = comment(HearingFactory.open(real_now, provinces=[province(HOME)]), real_now).submission
    away = comment(HearingFactory.open(real_now, provinces=[province(ELSEWHERE)]), real_now).submission
    client.force_login(person(Role.PROVINCE_COORDINATOR, HOME))
    page = client.get(index_url()).content.decode()
    assert at_home.grouped_receipt_no in page
    assert away.grouped_receipt_no not in page
    for url in (inspected, at_desk):
        assert client.get(url(away)).status_code in (302, 403)
        assert client.get(url(at_home)).status_code == 200


@pytest.mark.parametrize("role", [Role.CHANGE_AGENT, Role.MEMBER, None])
def test_people_without_an_office_see_no_submission(client, real_now, role):
    submission = comment(HearingFactory.open(real_now), real_now).submission
    client.force_login(person(role))
    for url in (index_url(), inspected(submission)):
        response = client.get(url)
        assert response.status_code in (302, 403)


def test_a_coordinator_can_only_choose_the_own_province(client, real_now):
    client.force_login(person(Role.PROVINCE_COORDINATOR, HOME))
    index = HearingIndexPage.objects.get(locale__language_code="th")
    response = client.get(reverse("wagtailadmin_pages:add", args=["hearings", "hearing", index.pk]))
    assert response.status_code == 200
    form = response.context["form"]
    assert [code for code, _ in form.fields["provinces"].choices] == [HOME]


def test_the_list_of_hearings_shows_the_state_of_now(client, head, real_now):
    HearingFactory.open(real_now)
    page = client.get(reverse("hearings_listing:index"))
    assert page.status_code == 200
    assert str(HearingState.OPEN.label) in page.content.decode()


def test_hearings_are_made_in_the_thai_list_only(client, head):
    english = HearingIndexPage.objects.get(locale__language_code="en")
    assert not Hearing.can_create_at(english)
