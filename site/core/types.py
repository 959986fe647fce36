"""Names for types that every app writes down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Words
else:
    Words = str | Promise

__all__ = ["Words"]  # words for people: at hand, or translated when they are shown
