"""The demo's pages of words, in our own words; the facts are of the office's published history and orders."""

from __future__ import annotations

from dataclasses import dataclass, field

from demo.content.writing import Block


@dataclass(frozen=True)
class Words:
    """One page; ``english`` holds its translation under the same address."""

    slug: str
    title: str
    summary: str
    body: list[Block] = field(default_factory=list)
    units: tuple[str, ...] = ("admin",)
    version: str = ""
    picture: tuple[str, str] | None = None  # name and kind, demo.pictures
    english: Words | None = None
    children: tuple[Words, ...] = ()
