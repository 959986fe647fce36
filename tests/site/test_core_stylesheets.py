"""Readers get the five sheets as one file; nothing of them is lost and pictures inside still have their address."""

from __future__ import annotations

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.template import Context, Template

from core.stylesheets import JOINED, SHEETS

ROOM = {"staticfiles": {"BACKEND": "core.stylesheets.JoinedStylesheets"}}


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {**settings.STORAGES, **ROOM}
    call_command("collectstatic", interactive=False, verbosity=0)
    return settings.STATIC_ROOT


def test_collected_sheets_are_one_file_in_the_order_of_their_layers(collected) -> None:
    joined = (collected / staticfiles_storage.stored_name(JOINED)).read_text()
    at = -1
    for name in SHEETS:
        sheet = (collected / staticfiles_storage.stored_name(name)).read_text()
        assert joined.find(sheet, at + 1) > at
        at = joined.find(sheet)
    assert staticfiles_storage.stored_name("fonts/sarabun-thai-400.woff2") in joined
    assert (collected / f"{staticfiles_storage.stored_name(JOINED)}.gz").exists()


def test_a_page_links_the_joined_sheet_when_it_is_there(collected) -> None:
    html = Template("{% stylesheets %}").render(Context())
    assert html == f'<link rel="stylesheet" href="{staticfiles_storage.url(JOINED)}">'


def test_collecting_again_takes_the_new_words_of_a_sheet(collected) -> None:
    before = staticfiles_storage.stored_name(JOINED)
    call_command("collectstatic", interactive=False, verbosity=0)
    assert staticfiles_storage.stored_name(JOINED) == before


def test_a_developer_gets_each_sheet_by_itself() -> None:
    html = Template("{% stylesheets %}").render(Context())
    assert [name for name in SHEETS if f"/static/{name}" in html] == list(SHEETS)
