"""A first view stays under 100 KB without pictures (design.md, decision 5)."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
BUDGET = 100_000


def sent(path: Path) -> int:
    """Bytes on the wire: fonts are compressed already, the rest is gzipped by whitenoise."""
    content = path.read_bytes()
    return len(content) if path.suffix in {".woff2", ".png"} else len(gzip.compress(content))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/nope/"])
def test_a_page_with_all_it_loads_is_light(client, path):
    text = client.get(path).text
    linked = {name for name in re.findall(r'"/static/([^"#]+)', text) if not name.endswith(".png")}
    fonts = {f"fonts/{file.name}" for file in (STATIC / "fonts").glob("*.woff2")}
    total = len(gzip.compress(text.encode())) + sum(sent(STATIC / name) for name in linked | fonts)
    assert total < BUDGET


@pytest.mark.django_db
def test_the_fonts_of_the_first_lines_are_preloaded(client):
    """Body, headings and figures: each that came later laid the whole page out again. No more, they would wait."""
    preloaded = re.findall(r'rel="preload" href="/static/fonts/([a-z0-9-]+)', client.get("/").text)
    assert preloaded == ["sarabun-thai-400", "sarabun-thai-700", "sarabun-latin-400"]


@pytest.mark.parametrize("name", ["tokens", "base", "layout", "components", "site", "print"])
def test_stylesheets_load_nothing_from_elsewhere(name):
    css = (STATIC / "css" / f"{name}.css").read_text()
    assert "http" not in re.sub(r"\[href\^=http\]", "", css)
    assert "@import" not in css
