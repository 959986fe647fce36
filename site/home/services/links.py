"""Ask every link whether it still works (requirement A019)."""

from __future__ import annotations

import datetime as dt
import http.client
import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import quote

from home.models import DirectoryLink

AGENT = "Prachakhom link check (+/links/)"
# Servers that do not know HEAD, or refuse it.
ASK_AGAIN = {400, 403, 404, 405, 501}


@dataclass(frozen=True)
class Answer:
    ok: bool
    problem: str = ""


def probe(url: str, timeout: float) -> Answer:
    """HEAD, and where a server refuses that, GET without reading the body. Never raises for a broken network."""
    if not url.lower().startswith(("http://", "https://")):
        return Answer(False, "not http(s)")
    answer = _ask(url, "HEAD", timeout)
    refused = answer.problem.removeprefix("HTTP ")
    return _ask(url, "GET", timeout) if refused.isdigit() and int(refused) in ASK_AGAIN else answer


def _ask(url: str, method: str, timeout: float) -> Answer:
    address = quote(url, safe=":/?#[]@!$&'()*+,;=%~-._")
    try:
        request = urllib.request.Request(address, method=method, headers={"User-Agent": AGENT})  # noqa: S310
        with urllib.request.urlopen(request, timeout=timeout):  # noqa: S310 - the scheme is checked in probe()
            return Answer(True)
    except urllib.error.HTTPError as error:
        return Answer(False, f"HTTP {error.code}")
    except urllib.error.URLError as error:
        return Answer(False, str(error.reason)[:200])
    except (OSError, ValueError, http.client.HTTPException) as error:
        return Answer(False, (str(error) or type(error).__name__)[:200])


def record(link: DirectoryLink, answer: Answer, now: dt.datetime) -> None:
    link.is_ok, link.problem, link.last_checked_at = answer.ok, answer.problem, now
    link.save(update_fields=["is_ok", "problem", "last_checked_at"])
