"""Follow something by e-mail: ask, confirm by the link in the letter, stop with one press."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.ratelimit import Limit, TooManyRequestsError, take, visitor
from notifications.forms import FollowForm
from notifications.models import Follow
from notifications.services import follows
from notifications.sources import source_of

# A village behind one address asks too; a letter to a stranger's address is sent at most so often.
ASKING = Limit("follow", capacity=30, seconds=600)
ASKING_ADDRESS = Limit("follow.address", capacity=5, seconds=3600)


# It writes nothing: what was typed is handed on to ``ask``, whose reason stands there.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """From a form that lets people choose what to follow, on to that thing with all that was typed."""
    given = request.POST if request.method == "POST" else request.GET
    kind, _slash, key = given.get("what", "").partition("/")
    try:
        return HttpResponseRedirect(reverse("notifications:ask", args=[kind, key]), preserve_request=True)
    except NoReverseMatch as error:
        raise Http404 from error


# The form stands on pages that are the same for everybody, so it carries no secret; the link in the letter is it.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    source = source_of(kind)
    title = source.title(key) if source else None
    if source is None or title is None:
        raise Http404
    context = {"title": title, "path": source.path(key), "kind": kind, "key": key}
    form = FollowForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            take(ASKING, visitor(request))
            take(ASKING_ADDRESS, email.lower())
        except TooManyRequestsError as error:
            form.add_error(None, str(error))
            return _show(request, context | {"form": form}, HTTPStatus.TOO_MANY_REQUESTS)
        if not form.cleaned_data["website"]:
            follows.ask_to_follow(
                kind=kind, key=key, email=email, language=get_language() or "th", now=timezone.now()
            )
        return HttpResponseRedirect(reverse("notifications:asked"))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return _show(request, context | {"form": form}, status)


def _show(request: HttpRequest, context: dict, status: HTTPStatus) -> HttpResponse:
    return render(request, "notifications/ask.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD"])
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "notifications/asked.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A press, not the visit: programs that look through mail open every link."""
    follow = get_object_or_404(Follow, token=token)
    if request.method == "POST":
        follows.confirm(follow=follow, now=timezone.now())
        return HttpResponseRedirect(request.path)
    return render(request, "notifications/confirm.html", _about(follow))


# Mail programs press "unsubscribe" for the reader without ever having seen a form of ours (RFC 8058).
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    follow = Follow.objects.filter(token=token).first()
    if follow and request.method == "POST":
        follows.stop(follow=follow)
        follow = None
    return render(request, "notifications/stop.html", _about(follow) if follow else {})


def _about(follow: Follow) -> dict:
    source = source_of(follow.kind)
    if source is None:
        raise Http404
    return {"follow": follow, "title": follows.title_of(follow), "path": source.path(follow.key)}
