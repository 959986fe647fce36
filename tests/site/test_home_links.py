"""The link checker against a server of our own."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command

from home.services.links import probe
from tests.factories.home import make_link


class Handler(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.send_response(
            {"/ok": 200, "/only-get": 405}.get(self.path, 500 if self.path == "/broken" else 404)
        )
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/only-get" else 404)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server():
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


@pytest.mark.parametrize(
    ("path", "ok", "problem"),
    [
        ("/ok", True, ""),
        ("/only-get", True, ""),
        ("/gone", False, "HTTP 404"),
        ("/broken", False, "HTTP 500"),
    ],
)
def test_a_link_works_or_says_why_not(server, path, ok, problem):
    answer = probe(server + path, timeout=5)
    assert (answer.ok, answer.problem) == (ok, problem)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://no-such-host.invalid/", "file:///etc/passwd", "http://["]
)
def test_a_broken_network_is_an_answer_and_not_an_error(url):
    assert not probe(url, timeout=2).ok


@pytest.mark.django_db
def test_the_command_notes_the_answers_and_a_dry_run_does_not(server, capsys):
    good, bad = make_link(f"{server}/ok"), make_link(f"{server}/gone")
    call_command("check_links", "--dry-run", "--timeout", "5")
    good.refresh_from_db()
    assert good.last_checked_at is None
    call_command("check_links", "--timeout", "5")
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.is_ok, bad.is_ok, bad.problem) == (True, False, "HTTP 404")
    assert "2 links checked, 1 do not work" in capsys.readouterr().out
