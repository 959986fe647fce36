"""Short words for blocks of a body, so that the demo's texts read as texts: ``h``, ``p``, ``ol``, ``ul``, ``table``."""

from __future__ import annotations

from typing import Any

Block = tuple[str, Any]


def h(text: str, level: str = "h2") -> Block:
    return "heading", {"text": text, "level": level}


def p(text: str) -> Block:
    return "paragraph", f"<p>{text}</p>"


def ol(*items: str) -> Block:
    return "paragraph", "<ol>" + "".join(f"<li>{item}</li>" for item in items) + "</ol>"


def ul(*items: str) -> Block:
    return "paragraph", "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def note(text: str, heading: str = "", kind: str = "info") -> Block:
    return "callout", {"kind": kind, "heading": heading, "text": f"<p>{text}</p>"}


def quote(words: str, who: str = "") -> Block:
    return "quote", {"quote": words, "who": who}


def table(caption: str, head: list[str], *rows: list[str]) -> Block:
    return "table", {
        "caption": caption,
        "columns": [{"type": "text", "heading": heading} for heading in head],
        "rows": [{"values": list(row)} for row in rows],
    }
