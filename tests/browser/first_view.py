"""How many bytes travel until a page stands there for the first time (compressed, as on the wire)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass
class FirstView:
    without_pictures: int = 0
    pictures: int = 0
    requests: int = 0


def first_views(browser, urls: Iterable[str], viewport: dict) -> Iterator[tuple[str, FirstView]]:
    """Each address by a browser that keeps nothing of the pages before."""
    context = browser.new_context(viewport=viewport, locale="th-TH")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    kinds: dict[str, str] = {}
    view = FirstView()

    def received(event: dict) -> None:
        kinds[event["requestId"]] = event["response"]["mimeType"]

    def finished(event: dict) -> None:
        kind = kinds.get(event["requestId"], "")
        view.requests += 1
        # The icon sprite and the emblem are part of the frame; photographs are not.
        if kind.startswith("image/") and kind != "image/svg+xml":
            view.pictures += int(event["encodedDataLength"])
        else:
            view.without_pictures += int(event["encodedDataLength"])

    session.on("Network.responseReceived", received)
    session.on("Network.loadingFinished", finished)
    for url in urls:
        view = FirstView()
        page.goto(url, wait_until="load")
        page.wait_for_timeout(100)
        yield url, view
    context.close()
