"""Putting a dead letter back, with a confirm screen: a link alone never sends anything."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from notifications.models import OutboxMessage
from notifications.services import outbox


@require_http_methods(["GET", "HEAD", "POST"])
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever may see the list may press it; accounts.grants names the roles."""
    if not request.user.has_perm("notifications.view_outboxmessage"):
        raise PermissionDenied
    back = reverse(OutboxMessage.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]  # set by Wagtail
    message = get_object_or_404(OutboxMessage.objects.given_up(), pk=pk)
    if request.method != "POST":
        context = {"message": message, "back_url": back, "has_text": bool(message.body)}
        return render(request, "notifications/admin/try_again.html", context)
    if outbox.try_again(message=message, now=timezone.now()):
        messages.success(request, _("The letter waits to be sent again."))
    else:
        messages.error(request, _("This letter cannot be sent again."))
    return HttpResponseRedirect(back)
