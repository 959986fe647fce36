"""Production refuses to start half-configured; `check --deploy` is clean; the table in docs names every variable."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from search.query import LONGEST_QUERY

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "DATABASE_URL": "sqlite:////tmp/prachakhom-check.sqlite3",
    "ALLOWED_HOSTS": "osm.example.go.th",
    "SITE_ADDRESS": "https://osm.example.go.th",
    "DEFAULT_FROM_EMAIL": "osm@example.go.th",
}
REQUIRED = [name for name in PRODUCTION if name != "DJANGO_SETTINGS_MODULE"]


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LANG": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env={**clean, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_production_passes_the_deployment_check() -> None:
    result = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", REQUIRED)
def test_production_refuses_to_start_without(name: str) -> None:
    environment = {key: value for key, value in PRODUCTION.items() if key != name}
    result = manage("check", **environment)
    assert result.returncode != 0
    assert f"environment variable {name}" in result.stderr


def test_every_environment_variable_is_documented() -> None:
    table = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    for path in (ROOT / "site/config").rglob("*.py"):
        for name in re.findall(
            r'\b(?:env|env_bool|env_int|env_list|required)\(\s*"([A-Z_]+)"', path.read_text()
        ):
            assert f"`{name}`" in table, f"{name} of {path.name} is not in docs/settings.md"


@pytest.mark.parametrize(
    ("url", "engine"),
    [
        ("sqlite:///x.db", "sqlite3"),
        ("sqlite:////abs/x.db", "sqlite3"),
        ("postgres://u:p%40@h:5432/n", "postgresql"),
    ],
)
def test_database_urls_are_understood(url: str, engine: str) -> None:
    from config.env import database

    settings = database(url, sqlite_options={}, pool_max=3)
    assert settings["ENGINE"].endswith(engine)
    if engine == "postgresql":
        assert settings["PASSWORD"] == "p@"
        assert settings["OPTIONS"]["pool"]["max_size"] == 3
        assert settings["OPTIONS"]["options"] == "-c jit=off"


def test_an_unknown_database_url_is_refused_in_words() -> None:
    from django.core.exceptions import ImproperlyConfigured

    from config.env import database

    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must start with"):
        database("mysql://x", sqlite_options={}, pool_max=1)


def test_demo_accounts_stop_any_other_settings(db, settings) -> None:
    from django.core.exceptions import ImproperlyConfigured

    from accounts.demo_guard import DEMO_EMAIL_DOMAIN, refuse_demo_accounts
    from accounts.models import User

    settings.DEMO = False
    refuse_demo_accounts()
    User.objects.create_user(email=f"head@{DEMO_EMAIL_DOMAIN}", password="x")
    with pytest.raises(ImproperlyConfigured, match="demo's accounts"):
        refuse_demo_accounts()


def test_the_longest_question_a_box_takes_fits_into_an_address() -> None:
    """Nine signs for a Thai letter. What is longer than a question may be gets a sentence, not the server's 414."""
    gunicorn = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    boxes = ("templates/search/box.html", "templates/pages/library_page.html")
    for box in boxes:
        (longest,) = re.findall(r'name="q"[^>]* maxlength="(\d+)"', (ROOT / box).read_text(encoding="utf-8"))
        assert LONGEST_QUERY < int(longest) < (gunicorn["limit_request_line"] - 500) / 9
