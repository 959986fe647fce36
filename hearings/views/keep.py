"""The page that says under which code a half-written comment was kept (peers P43)."""

from __future__ import annotations

import base64
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core.ratelimit import Limit, TooManyRequestsError, take, visitor
from core.typeset import qr_svg
from hearings.services.errors import HearingClosed, HearingNotOpen
from hearings.services.save_form import kept_until, normalise_code, save_form

if TYPE_CHECKING:
    from hearings.views.comment import NewComment

# A village behind one address again; each keeps a form a few times.
KEEP_LIMIT = Limit("hearings.keep", capacity=120, seconds=600)


def with_code(address: str, code: str) -> str:
    """Behind "#", which no browser sends: whoever has the code reads the form, so it stands in no log on the way."""
    return f"{address}#code={normalise_code(code)}"


def keep(walk: NewComment, step: str) -> HttpResponse:
    """Store what was typed, right or wrong, and show the code; the same form always gets the same one."""
    dossier, hearing, request = walk.dossier, walk.hearing, walk.request
    if dossier.key is None:
        dossier.renew_key()
    try:
        take(KEEP_LIMIT, f"{hearing.pk}:{visitor(request)}")
        code = save_form(hearing=hearing, form_key=dossier.key, data=dossier.data, now=walk.now)
    except TooManyRequestsError as error:
        return walk.wait(step, error)
    except (HearingClosed, HearingNotOpen):
        return walk.closed()
    except ValidationError as error:
        return walk.show(step, " ".join(error.messages), HTTPStatus.UNPROCESSABLE_ENTITY)
    address = request.build_absolute_uri(reverse("hearings:resume", args=[hearing.slug]))
    picture = base64.b64encode(qr_svg(with_code(address, code)).encode()).decode()
    context = {
        "hearing": hearing,
        "code": code,
        "address": address,
        "picture": f"data:image/svg+xml;base64,{picture}",
        "until": kept_until(walk.now),
        "files": list(walk.files),
        "form_url": walk.form_url,
        "carried": list(dossier.carried("")),
        "step": step,
    }
    return render(request, "hearings/comment/kept.html", context)
