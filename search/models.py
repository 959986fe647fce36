"""What people looked for, and the words that editors say mean the same."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import nearby
from search.querysets import SearchQueryQuerySet
from search.text import canonical, fold, tokens
from search.text.analyse import stop_words

LONGEST_LOGGED = 100
SYNONYMS_KEY = "search:synonyms"


class SearchQuery(models.Model):
    """A question, counted by day. Nothing about who asked is kept, not even that two came together (docs/search.md)."""

    text = models.CharField(_("words"), max_length=LONGEST_LOGGED)
    day = models.DateField(_("day"))
    hits = models.PositiveIntegerField(
        _("results"), default=0, help_text=_("for the words as they were typed")
    )
    count = models.PositiveIntegerField(_("times"), default=1)
    clicks = models.PositiveIntegerField(_("results opened"), default=0)
    # Their sum: the mean place is this divided by ``clicks``; single clicks are not kept.
    places = models.PositiveIntegerField(_("places of the opened results"), default=0)

    objects = SearchQueryQuerySet.as_manager()

    class Meta:
        verbose_name = _("searched")
        verbose_name_plural = _("searched")
        ordering = ["-day", "-count", "text"]
        constraints = [models.UniqueConstraint(fields=["day", "text"], name="search_query_once_a_day")]

    def __str__(self) -> str:
        return self.text

    @property
    def mean_place(self) -> float | None:
        """Where the opened results stood on average: 1 is best, a high number says that ranking is wrong."""
        return round(self.places / self.clicks, 1) if self.clicks else None


class Vector(models.Model):
    """What a public text is about, as numbers (search.vectors). It goes with the text."""

    key = models.CharField(max_length=120, primary_key=True)  # SearchDocument.key
    version = models.CharField(max_length=20)  # of the model: others cannot be compared
    digest = models.CharField(max_length=64)  # of the text it was made from
    numbers = models.BinaryField()

    class Meta:
        default_permissions = ()
        verbose_name = _("numbers of a text")
        verbose_name_plural = _("numbers of texts")

    def __str__(self) -> str:
        return self.key


class SynonymGroup(models.Model):
    """Words of the same meaning, beside the shipped list (search/data/synonyms.txt); they count at the next question."""

    words = models.CharField(
        _("words that mean the same"), max_length=200,
        help_text=_("One line with = between them, for example: อบต = องค์การบริหารส่วนตำบล"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("words of the same meaning")
        verbose_name_plural = _("words of the same meaning")
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words

    @property
    def members(self) -> list[str]:
        return [
            word for word in (" ".join(part.split()) for part in canonical(self.words).split("=")) if word
        ]

    def clean(self) -> None:
        members = self.members
        if "=" not in self.words or len({fold(word) for word in members}) < 2:
            raise ValidationError({"words": _("Write at least two different words with = between them.")})
        for word in members:
            found = [token.text for token in tokens(fold(word))]
            if not found:
                raise ValidationError({"words": _("“%(word)s” is not a word.") % {"word": word}})
            if len(fold(word)) < 2 or all(text in stop_words() for text in found):
                message = _("“%(word)s” stands in nearly every text; it would find everything.")
                raise ValidationError({"words": message % {"word": word}})
        if taken := self._taken(members):
            message = _("“%(word)s” has a line already: “%(line)s”. Add the other words there.")
            raise ValidationError({"words": message % {"word": taken[0], "line": taken[1]}})
        self.words = " = ".join(members)

    def _taken(self, members: list[str]) -> tuple[str, str] | None:
        """A word of ours that another group holds. Groups are few: an office writes tens of them."""
        ours = {fold(word): word for word in members}
        for other in SynonymGroup.objects.exclude(pk=self.pk):
            for word in other.members:
                if fold(word) in ours:
                    return ours[fold(word)], other.words
        return None

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        nearby.forget(SYNONYMS_KEY)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        nearby.forget(SYNONYMS_KEY)
        return deleted
