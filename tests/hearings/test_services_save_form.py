"""A half-written form waits for its author on another device."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from hearings.models import SavedForm
from hearings.services.errors import HearingClosed
from hearings.services.save_form import LETTERS, group_code, is_code, make_code, save_form, saved_form
from hearings.services.save_form import typed as typed_in
from tests.factories.hearings import HearingFactory, comment

pytestmark = pytest.mark.django_db


def typed(**fields: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({"c0-reason": "แนวหมุดกินที่นา", "go": "save", "csrfmiddlewaretoken": "x", **fields})
    return data


def test_the_code_brings_everything_back_however_it_is_typed(now):
    hearing = HearingFactory.open(now)
    code = save_form(hearing=hearing, form_key=uuid.uuid4(), data=typed(), now=now)
    for text in (code, code.lower(), code.replace(" ", ""), code.replace(" ", "-")):
        found = saved_form(hearing=hearing, code=text, now=now)
        assert found is not None
        assert dict(typed_in(found)) == {"c0-reason": ["แนวหมุดกินที่นา"]}
    assert set(code) <= set(LETTERS + " ")
    assert len(code.replace(" ", "")) == 12


def test_saving_again_keeps_the_code_and_one_row(now):
    hearing, key = HearingFactory.open(now), uuid.uuid4()
    first = save_form(hearing=hearing, form_key=key, data=typed(), now=now)
    second = save_form(hearing=hearing, form_key=key, data=typed(**{"c0-reason": "ใหม่"}), now=now)
    assert first == second
    assert SavedForm.objects.count() == 1
    assert "ใหม่" in typed_in(SavedForm.objects.get()).values()


def test_the_code_is_not_in_the_database_and_opens_no_other_hearing(now):
    hearing = HearingFactory.open(now)
    code = save_form(hearing=hearing, form_key=uuid.uuid4(), data=typed(), now=now)
    assert code.replace(" ", "") not in str(SavedForm.objects.values_list())
    assert saved_form(hearing=HearingFactory.open(now), code=code, now=now) is None


@pytest.mark.parametrize("code", ["", "AAAA BBBB CCCC", "๑๒๓", "\0", "x" * 5000])
def test_a_wrong_code_opens_nothing(now, code):
    assert saved_form(hearing=HearingFactory.open(now), code=code, now=now) is None


def test_every_single_slip_and_every_swap_of_neighbours_is_found_before_looking():
    code = make_code(uuid.UUID(int=7))
    assert is_code(code)
    assert is_code(group_code(code).lower())
    for place in range(12):
        slips = {code[:place] + letter + code[place + 1 :] for letter in LETTERS} - {code}
        assert not [slip for slip in slips if is_code(slip)]
        swapped = code[:place] + code[place : place + 2][::-1] + code[place + 2 :]
        assert swapped == code or not is_code(swapped)


def test_a_code_outlives_a_change_of_the_secret_key(now, settings):
    hearing = HearingFactory.open(now)
    code = save_form(hearing=hearing, form_key=uuid.uuid4(), data=typed(), now=now)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 9
    assert saved_form(hearing=hearing, code=code, now=now)


def test_it_is_kept_for_thirty_days(now):
    hearing = HearingFactory.open(now)
    code = save_form(hearing=hearing, form_key=uuid.uuid4(), data=typed(), now=now)
    almost = now + dt.timedelta(days=30) - dt.timedelta(seconds=1)
    assert saved_form(hearing=hearing, code=code, now=almost)
    assert saved_form(hearing=hearing, code=code, now=almost + dt.timedelta(seconds=1)) is None


def test_what_was_sent_is_not_kept_beside(now):
    hearing, key = HearingFactory.open(now), uuid.uuid4()
    comment(hearing, now, key=key)
    with pytest.raises(ValidationError):
        save_form(hearing=hearing, form_key=key, data=typed(), now=now)


def test_a_closed_hearing_keeps_no_forms(now):
    with pytest.raises(HearingClosed):
        save_form(hearing=HearingFactory.closed(now), form_key=uuid.uuid4(), data=typed(), now=now)


def test_a_form_that_is_far_too_long_is_refused_with_words(now):
    with pytest.raises(ValidationError) as refused:
        save_form(
            hearing=HearingFactory.open(now), form_key=uuid.uuid4(), data=typed(x="ก" * 50_000), now=now
        )
    assert refused.value.code == "too_long"
