from __future__ import annotations

from django.db import models


class Bucket(models.Model):
    """How far one visitor's bucket of tokens is from full (core.ratelimit). Never an address: only a keyed hash.

    A row says nothing once ``full_at`` has passed and is swept away by the next tick.
    """

    key = models.CharField(max_length=43, primary_key=True)
    # Seconds since 1970, and how long an empty bucket takes to fill: one statement compares and takes.
    full_at = models.FloatField(db_index=True)
    seconds = models.FloatField()

    def __str__(self) -> str:
        return self.key
