"""The Nu Html Checker finds no error on any kind of public page; each has one h1, a language and labelled fields."""

from __future__ import annotations

import json
import os
import re
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.browser.public_pages import public_pages
from tests.conftest import needs_server

pytestmark = pytest.mark.browser


def saved(demo_site, folder: Path) -> dict[str, Path]:
    files = {}
    for number, (name, path) in enumerate(public_pages(demo_site).items()):
        url = demo_site.url(urllib.request.quote(path, safe="/?=&"))
        try:
            with urllib.request.urlopen(url, timeout=30) as response:
                html = response.read()
        except urllib.error.HTTPError as error:
            html = error.read()
        files[name] = folder / f"{number:02d}.html"
        files[name].write_bytes(html)
    return files


def test_nu_html_checker_finds_no_error(demo_site, tmp_path) -> None:
    jar = os.environ.get("VNU_JAR", "")
    if not Path(jar).is_file():
        needs_server("the Nu Html Checker is not here (source scripts/web_tools.sh)")
    files = saved(demo_site, tmp_path)
    result = subprocess.run(
        ["java", "-jar", jar, "--errors-only", "--format", "json", *map(str, files.values())],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    names = {path.name: name for name, path in files.items()}
    errors = [
        f"{names[Path(m['url']).name]}:{m.get('lastLine')}: {m['message']} {m.get('extract', '')!r}"
        for m in json.loads(result.stderr)["messages"]
    ]
    assert not errors, "\n".join(errors)


def test_every_page_has_one_h1_a_language_a_title_and_labelled_fields(demo_site, tmp_path) -> None:
    titles: dict[str, str] = {}
    addresses = {name: path.partition("?")[0] for name, path in public_pages(demo_site).items()}
    for name, path in saved(demo_site, tmp_path).items():
        html = path.read_text(encoding="utf-8")
        assert len(re.findall(r"<h1[\s>]", html)) == 1, name
        language = "en" if "English" in name else "th"
        assert f'<html lang="{language}"' in html, name
        title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1]
        assert title.strip(" |\n"), name
        # Another order or filter of a list is the same page.
        other = titles.setdefault(title, name)
        assert addresses[other] == addresses[name] or language == "en", f"{name} and {other} share a title"
        for field in re.findall(r"<(?:input|select|textarea)\b[^>]*>", html):
            if re.search(r'type="(?:hidden|submit|button)"', field):
                continue
            identity = re.search(r'\bid="([^"]+)"', field)
            labelled = "aria-label" in field or (identity and f'for="{identity[1]}"' in html)
            assert labelled, f"{name}: {field}"
