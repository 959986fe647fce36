"""Print the form, and keep where its boxes stand: a form printed today is scanned in a month (P109)."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from hearings.documents.form import form_data, form_pdf, form_places
from hearings.models import Hearing, PrintedForm


def print_form(*, hearing: Hearing, now: dt.datetime, large: bool = False) -> bytes:
    """Everyone may print it; kept is only what stands where, once for each edition."""
    data = form_data(hearing, large=large)
    edition = data["sheet"]
    if not PrintedForm.objects.filter(hearing=hearing, edition=edition).exists():
        places = form_places(data).as_json()
        try:
            with transaction.atomic():
                PrintedForm.objects.create(hearing=hearing, edition=edition, places=places, printed_at=now)
        except IntegrityError:
            pass  # printed at the same moment by somebody else: the same edition stands at the same places
    return form_pdf(data)
