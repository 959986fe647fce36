"""The shared task list of the provinces (A258): who may do what, double presses, piles, pages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.roles import STAFF_ROLES, Role
from geography.models import Province
from home.models import SharedTask
from home.services import complete_task, create_task, may_finish, reopen_task
from tests.factories.accounts import person

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)
LIST, ADD = "/desk/tasks/", "/desk/tasks/add/"
HOME, AWAY, EVERYWHERE = "66", "61", None


def make_task(title: str = "ส่งรายชื่อศาลากลางบ้าน", **fields) -> SharedTask:
    return SharedTask.objects.create(title=title, **fields)


@pytest.mark.parametrize("role", list(Role))
def test_staff_add_tasks_for_any_province_and_others_none(role):
    user = person(role, province_id=HOME)
    for code in (HOME, AWAY):
        if role in STAFF_ROLES:
            create_task(by=user, title="งาน", province=Province.objects.get(pk=code))
        else:
            with pytest.raises(PermissionDenied):
                create_task(by=user, title="งาน", province=Province.objects.get(pk=code))
    assert SharedTask.objects.count() == (2 if role in STAFF_ROLES else 0)


# (province of the task, whose it is): may a coordinator of HOME finish it?
COORDINATOR = {
    (HOME, ""): True,
    (AWAY, ""): False,
    (EVERYWHERE, ""): False,
    (AWAY, "owner"): True,
    (AWAY, "created_by"): True,
    (EVERYWHERE, "owner"): True,
}


@pytest.mark.parametrize(("verb", "was_done"), [(complete_task, False), (reopen_task, True)])
@pytest.mark.parametrize(("province", "whose"), list(COORDINATOR))
@pytest.mark.parametrize("role", list(Role))
def test_each_role_finishes_and_reopens_what_the_table_says(role, province, whose, verb, was_done, now):
    user = person(role, province_id=HOME)
    task = make_task(
        province_id=province, done_at=now if was_done else None, **({whose: user} if whose else {})
    )
    allowed = role in STAFF_ROLES
    if role == Role.PROVINCE_COORDINATOR:
        allowed = COORDINATOR[province, whose]
    assert may_finish(user, task) is allowed
    if role in STAFF_ROLES:
        assert SharedTask.objects.finished_by(user).filter(pk=task.pk).exists() is allowed
    if allowed:
        verb(task=task, by=user)
    else:
        with pytest.raises(PermissionDenied):
            verb(task=task, by=user)
    assert SharedTask.objects.get().is_done is (not was_done if allowed else was_done)


def test_who_finished_first_stays_and_reopening_forgets(now):
    first, second = person(Role.STRATEGY), person(Role.MONITORING)
    task = complete_task(task=make_task(), by=first, now=now)
    complete_task(task=task, by=second)
    task.refresh_from_db()
    assert (task.done_by, task.done_at) == (first, now)
    reopen_task(task=task, by=second)
    task.refresh_from_db()
    assert (task.done_by, task.done_at) == (None, None)


def test_a_form_sent_twice_adds_one_task_and_other_words_another():
    user = person(Role.STRATEGY)
    first = create_task(by=user, title="งาน", once="k")
    assert create_task(by=user, title="งาน", once="k") == first
    assert create_task(by=user, title="งานอื่น", once="k") != first


def test_a_task_needs_words():
    with pytest.raises(ValidationError):
        create_task(by=person(Role.STRATEGY), title="  ")


def test_piles_follow_the_clock_and_the_province():
    late = make_task("ช้า", due_on=TODAY - dt.timedelta(days=1), province_id=HOME)
    last_day = make_task("วันนี้", due_on=TODAY, province_id=AWAY)
    someday = make_task("ไม่มีกำหนด")
    done = make_task("เสร็จ", done_at=timezone.now())
    tasks = SharedTask.objects
    assert list(tasks.open()) == [late, last_day, someday]
    assert list(tasks.late(TODAY)) == [late]
    assert list(tasks.due_soon(TODAY)) == [late, last_day]
    assert list(tasks.done()) == [done]
    assert list(tasks.open().in_province(HOME)) == [late, someday]
    assert [task.is_late(TODAY) for task in (late, last_day, someday, done)] == [True, False, False, False]


def test_the_day_is_typed_in_the_thai_era_and_a_second_press_adds_nothing(client):
    client.force_login(person(Role.PROVINCE_COORDINATOR, province_id=HOME))
    key = client.get(ADD).context["form"].initial["once"]
    data = {"title": "นัดประชุม", "due_on": "๙ ธ.ค. ๒๕๖๙", "once": key}
    assert client.post(ADD, data).url == LIST
    client.post(ADD, data)
    assert SharedTask.objects.get().due_on == dt.date(2026, 12, 9)
    assert "9 ธ.ค. 2569" in client.get(LIST).content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"title": "ก" * 201}, {"due_on": "เมื่อไรก็ได้"}, {"province": "zz"}, {"owner": "0"}, {"title": "\0"}],
)  # fmt: skip
def test_what_cannot_be_read_comes_back_with_everything_typed(client, wrong):
    client.force_login(person(Role.STRATEGY))
    response = client.post(ADD, {"title": "งาน", "details": "รายละเอียดที่พิมพ์ไว้", **wrong})
    assert response.status_code in (400, 422)
    assert not SharedTask.objects.exists()
    if response.status_code == 422:
        assert "รายละเอียดที่พิมพ์ไว้" in response.content.decode()


@pytest.mark.parametrize(
    "query", ["", "?state=late", "?state=done", "?state=x", "?province=zz", "?page=999", "?province=66"]
)
def test_every_pile_has_an_empty_state_and_unknown_filters_do_no_harm(client, query):
    client.force_login(person(Role.STRATEGY))
    page = client.get(LIST + query)
    assert page.status_code in (200, 404)
    if page.status_code == 200:
        assert page.content.decode().count("<h1") == 1
        assert 'class="void' in page.content.decode()


def test_one_button_finishes_and_the_filter_stays(client):
    client.force_login(person(Role.STRATEGY))
    task = make_task(province_id=HOME)
    assert client.get(f"/desk/tasks/{task.pk}/done/").status_code == 405
    response = client.post(f"/desk/tasks/{task.pk}/done/?state=open&province=66")
    assert response.url == f"{LIST}?state=open&province=66"
    assert SharedTask.objects.get().is_done
    client.post(f"/desk/tasks/{task.pk}/reopen/")
    assert not SharedTask.objects.get().is_done


def test_a_button_is_shown_only_where_it_works(client):
    client.force_login(person(Role.PROVINCE_COORDINATOR, province_id=HOME))
    mine, theirs = make_task(province_id=HOME), make_task(province_id=AWAY)
    page = client.get(LIST).content.decode()
    assert f"/desk/tasks/{mine.pk}/done/" in page
    assert f"/desk/tasks/{theirs.pk}/done/" not in page
    assert client.post(f"/desk/tasks/{theirs.pk}/done/").status_code == 403


def test_members_and_visitors_do_not_see_the_list(client):
    assert client.get(LIST).status_code == 302
    client.force_login(person(Role.MEMBER))
    assert client.get(LIST).status_code == 403
    assert client.post(ADD, {"title": "งาน"}).status_code == 403


def test_the_list_costs_the_same_for_one_and_for_many(client, django_assert_max_num_queries):
    client.force_login(person(Role.PROVINCE_COORDINATOR, province_id=HOME))
    owner = person(Role.STRATEGY)
    for number in range(25):
        make_task(f"งาน {number}", owner=owner, province_id=(HOME, AWAY, None)[number % 3], created_by=owner)
    client.get(LIST)
    with django_assert_max_num_queries(20):
        client.get(LIST)
