"""Contact form, "ask a new question", and the asker's own page (requirements A008, A014)."""

from __future__ import annotations

import secrets

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from core.ratelimit import Limit, TooManyRequestsError, take, visitor
from home.enums import TicketKind
from home.forms import ContactForm, QuestionForm
from home.forms.messages import MessageForm
from home.models import Ticket
from home.services import open_ticket

# A village behind one address writes less than this; a robot more.
WRITING = Limit("message", capacity=10, seconds=600)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    return _write(request, ContactForm, TicketKind.CONTACT, "home/contact.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    return _write(request, QuestionForm, TicketKind.QUESTION, "home/ask.html")


def _write(request: HttpRequest, form_class: type[MessageForm], kind: str, template: str) -> HttpResponse:
    # A key in a page that somebody else also got would make two messages one: these pages are never cached.
    form = form_class(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return render(request, template, {"form": form})
    status = 422
    if form.is_valid():
        try:
            return HttpResponseRedirect(_store(request, form, kind).get_absolute_url())
        except TooManyRequestsError as error:
            form.add_error(None, str(error))
            status = 429
        except ValidationError as error:
            form.add_error(None, error)
    form.restart_clock()
    return render(request, template, {"form": form}, status=status)


def _store(request: HttpRequest, form: MessageForm, kind: str) -> Ticket:
    take(WRITING, visitor(request))
    words = {name: form.cleaned_data.get(name, "") for name in ("message", "name", "email", "phone", "once")}
    return open_ticket(kind=kind, language=(get_language() or "th")[:2], **words)


@never_cache
@require_GET
def ticket(request: HttpRequest, number: str) -> HttpResponse:
    """State and answers for whoever holds the key; a wrong key and a wrong number look the same."""
    found = get_object_or_404(Ticket.objects.with_answers(), number=number)
    if not secrets.compare_digest(found.key.encode(), request.GET.get("key", "").encode()):
        raise Http404(_("We cannot find this message. Check the address, or call us with the number."))
    response = render(request, "home/ticket.html", {"ticket": found})
    # The key must not travel to other sites, nor into a search engine.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
