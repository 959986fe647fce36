"""The demo, served the way the README says, and a real Chromium in front of it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import REQUIRE_SERVERS, needs_server

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
]
PHONE = {"width": 360, "height": 800}
DESKTOP = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class DemoSite:
    address: str
    sign_ins: str
    log: Path

    def url(self, path: str) -> str:
        return self.address + path

    def read(self, path: str) -> str:
        with urllib.request.urlopen(self.url(path), timeout=30) as response:
            return response.read().decode()

    def first(self, pattern: str, path: str) -> str:
        """The first address on a page that matches a pattern; the demo's own content decides which it is."""
        match = re.search(pattern, self.read(path))
        assert match, f"no address like {pattern} on {path}"
        return match.group(1)

    def password_of(self, role: str) -> tuple[str, str]:
        """E-mail and password of a demo account, from what the demo prints."""
        match = re.search(rf"({role}@\S+)\s+(\S+)", self.sign_ins)
        assert match, f"no demo account {role}"
        return match.group(1), match.group(2)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    if not REQUIRE_SERVERS:
        pytest.skip(
            "the browser tests drive a real Chromium and start the demo: run them with `make browser`"
        )
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        needs_server("there is no chromium on this machine (Debian: apt install chromium)")
    return str(path)


@pytest.fixture(scope="session")
def demo_site(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    """A copy of the prepared demo (or a new one) on a free port; journeys write into the copy only."""
    var = tmp_path_factory.mktemp("demo") / "var"
    prepared = Path(os.environ.get("VAR_DIR", ROOT / "var"))
    if (prepared / "demo.stamp").exists():
        shutil.copytree(prepared, var, ignore=shutil.ignore_patterns("web-tools", "encoder", "*.log"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = var.parent / "demo.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "demo.run", "--port", str(port)],
            cwd=ROOT, env={**os.environ, "VAR_DIR": str(var), "PYTHONUNBUFFERED": "1", "DATABASE_URL": ""},
            stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        deadline = time.monotonic() + 600
        while "The site is at" not in log.read_text():
            assert process.poll() is None and time.monotonic() < deadline, log.read_text()[-3000:]
            time.sleep(0.3)
        sign_ins = (var / "demo-sign-ins.txt").read_text(encoding="utf-8")
        yield DemoSite(f"http://127.0.0.1:{port}", sign_ins, log)
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def browser(chromium_path: str):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


def turn_page(button) -> None:
    """Press what leads to another page and wait until all of it is there; it may have the same address."""
    with button.page.expect_navigation():
        button.click()


@pytest.fixture
def open_page(browser, demo_site: DemoSite):
    """Open pages of the demo in a context of their own; every console error and policy violation is kept."""
    contexts = []

    def open_(path: str, viewport: dict = DESKTOP, **options):
        context = browser.new_context(
            viewport=viewport, locale="th-TH", base_url=demo_site.address, **options
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda m: page.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
