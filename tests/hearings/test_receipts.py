"""Receipt numbers survive the telephone; edit codes belong to their form."""

from __future__ import annotations

import random
import uuid

import pytest

from hearings import receipts


def test_a_number_has_twelve_digits_and_checks_itself():
    numbers = {receipts.make_receipt_no() for _ in range(500)}
    assert len(numbers) == 500
    assert all(len(number) == 12 and receipts.is_valid_receipt_no(number) for number in numbers)


def test_every_single_wrong_digit_is_found():
    number = receipts.make_receipt_no()
    for place in range(12):
        for digit in set("0123456789") - {number[place]}:
            assert not receipts.is_valid_receipt_no(number[:place] + digit + number[place + 1 :])


def test_every_swap_of_neighbours_is_found():
    dice = random.Random(2569)
    for _ in range(200):
        digits = f"{dice.randrange(10**11):011d}"
        number = digits + receipts.check_digit(digits)
        for place in range(11):
            a, b = number[place], number[place + 1]
            if a != b:
                assert not receipts.is_valid_receipt_no(number[:place] + b + a + number[place + 2 :])


@pytest.mark.parametrize("form", ["{}", "{} ", "{0:.4} {0}", "a{}", "{}1"])
def test_only_twelve_digits_are_a_number(form):
    number = receipts.make_receipt_no()
    assert receipts.is_valid_receipt_no(form.format(number)) is (form in ("{}", "{} "))


def test_a_number_may_be_typed_as_it_is_read_out():
    number = receipts.make_receipt_no()
    thai = number.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    for typed in (receipts.group(number), receipts.group(number).replace(" ", "-"), thai, f" {number}\n"):
        assert receipts.normalise(typed) == number


@pytest.mark.parametrize(
    "text", ["", "   ", "12", "x" * 5000, "1" * 5000, "\x00", "²³¹²³¹²³¹²³¹", "<script>"]
)
def test_anything_else_is_no_number(text):
    assert receipts.normalise(text) is None


def test_numbers_and_codes_are_shown_in_groups():
    assert receipts.group("482930517264") == "4829 3051 7264"
    assert receipts.group_edit_code("628194") == "628 194"


def test_a_form_has_one_code_and_another_form_another():
    codes = {receipts.make_edit_code(uuid.UUID(int=n)) for n in range(200)}
    assert len(codes) > 190
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert receipts.make_edit_code(uuid.UUID(int=7)) == receipts.make_edit_code(uuid.UUID(int=7))


def test_the_stored_hash_is_of_this_receipt_and_this_code():
    stored = receipts.hash_edit_code("482930517264", "628194")
    assert receipts.check_edit_code("482930517264", stored, "628 194")
    assert receipts.check_edit_code("482930517264", stored, "๖๒๘๑๙๔")
    assert not receipts.check_edit_code("482930517264", stored, "628195")
    assert not receipts.check_edit_code("482930517265", stored, "628194")
    assert not receipts.check_edit_code("482930517264", stored, "ก" * 1000)


def test_a_new_secret_key_still_opens_old_receipts(settings):
    stored = receipts.hash_edit_code("482930517264", "628194")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "new"
    assert receipts.check_edit_code("482930517264", stored, "628194")
    settings.SECRET_KEY_FALLBACKS = []
    assert not receipts.check_edit_code("482930517264", stored, "628194")
