"""The floor of bench/hearings.py: the plainest Django page and POST that do the same work of the database.

Middleware of ``startproject``, one query for 20 comments, ``{{ form }}`` and ``|date`` as a tutorial writes them; the
POST checks CSRF and a form and writes one row. What ours costs is told as a multiple of this, measured in the same run.
"""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone

from hearings.models import Comment

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "floor.own_addresses",
]
PAGE = """<!doctype html><html lang="th"><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1>
<form method="post">{% csrf_token %}{{ form }}<button>ส่ง</button></form>
{% for comment in comments %}<article><p>{{ comment.get_stance_display }} · {{ comment.created_at|date:"j M Y" }}
{{ comment.created_at|date:"H.i" }}</p><p>{{ comment.reason }}</p><p>{{ comment.suggestion }}</p></article>
{% endfor %}</body></html>"""


class Said(models.Model):
    """A table of its own, made and dropped within the transaction of the run."""

    stance = models.CharField(max_length=10)
    reason = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        app_label = "demo"
        managed = False
        db_table = "bench_floor_said"

    def __str__(self) -> str:
        return self.stance


class SayForm(forms.Form):
    stance = forms.ChoiceField(choices=Comment._meta.get_field("stance").choices)
    reason = forms.CharField(widget=forms.Textarea, max_length=5000)


def make_table() -> None:
    key = "bigserial" if connection.vendor == "postgresql" else "integer"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE {Said._meta.db_table}"
            f" (id {key} PRIMARY KEY, stance varchar(10), reason text, created_at timestamptz)"
        )


def own_addresses(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.urlconf = "floor"
        return get_response(request)

    return middleware


def make_client() -> Client:
    """A browser of the floor beside those of the site: its own middleware, built once, and its own addresses."""
    client = Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        client.handler.load_middleware()
    return client


def hello(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def page(request: HttpRequest, hearing: int) -> HttpResponse:
    comments = (
        Comment.objects.filter(hearing=hearing, is_public=True)
        .only("stance", "reason", "suggestion", "created_at")
        .order_by("-created_at", "-pk")[:20]
    )
    context = {"title": "ความเห็น", "comments": comments, "form": SayForm()}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


def say(request: HttpRequest) -> HttpResponse:
    form = SayForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    Said.objects.create(created_at=timezone.now(), **form.cleaned_data)
    return HttpResponse(status=303, headers={"Location": "/hello"})


urlpatterns = [path("hello", hello), path("page/<int:hearing>", page), path("say", say)]
