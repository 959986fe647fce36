"""What querysets of several page types share."""

from __future__ import annotations

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import PageViewRestriction


class OneQueryPrivacy:
    """Wagtail's ``public()`` without its query for all restrictions before each list: asked inside the list's own.

    For page querysets, before PageQuerySet. A page is private if it or a page above it is restricted.
    """

    def private_q(self) -> Q:
        above = PageViewRestriction.objects.annotate(
            below=ExpressionWrapper(OuterRef("path"), output_field=CharField())
        )
        return Q(Exists(above.filter(below__startswith=F("page__path"))))
