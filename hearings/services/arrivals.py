"""Tell what a phone sends a second time from what was changed on it after the first try (P111).

The answer to the first try may be lost on the way: the phone then still has the entry, and it can be changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.utils.crypto import salted_hmac

HALF = 32


class Differs(Exception):  # noqa: N818  (named as those in services.errors, for what happened)
    """It arrived before with other contents. What came first stays; the message says what to do."""


def digest_of(words: Iterable[tuple[str, list[str]]], photo: UploadedFile | None) -> str:
    """One half for the words, one for the photo if there is one. Keyed, so that nobody finds the words by trying."""
    text = json.dumps(sorted((name, *said) for name, said in words))
    seen = salted_hmac("hearings.field.words", text, algorithm="sha256").hexdigest()[:HALF]
    if photo is None:
        return seen
    pixels = hashlib.sha256()
    for chunk in photo.chunks():
        pixels.update(chunk)
    photo.seek(0)
    return seen + pixels.hexdigest()[:HALF]


def is_same(kept: str, sent: str) -> bool:
    """Without a photo there is nothing to add. Of what arrived before digests were kept only the key is known."""
    return not kept or not sent or sent in (kept, kept[:HALF])


def same_words(kept: str, sent: str) -> bool:
    return kept[:HALF] == sent[:HALF]


def with_photo_of(kept: str, sent: str) -> str:
    return kept[:HALF] + sent[HALF:]
