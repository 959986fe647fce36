"""``/search/clicked/``: which place of the list was opened, added to the day's count of the question."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core.ratelimit import Limit, TooManyRequestsError, take, visitor
from search.query import LONGEST_QUERY, MOST_PAGES, PER_PAGE
from search.services import count_click

CLICKING = Limit("search-click", capacity=60, seconds=600)


class ClickForm(forms.Form):
    q = forms.CharField(max_length=LONGEST_QUERY)
    place = forms.IntegerField(min_value=1, max_value=PER_PAGE * MOST_PAGES)


# Without a token: it acts for nobody, reads no session and only adds one to a statistic; a forged one does no more
# than the click it pretends to be. So the results page needs no cookie.
@csrf_exempt
@require_POST
def clicked(request: HttpRequest) -> HttpResponse:
    form = ClickForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    try:
        take(CLICKING, visitor(request))
    except TooManyRequestsError:
        return HttpResponse(status=429)
    count_click(text=form.cleaned_data["q"], place=form.cleaned_data["place"], now=timezone.localtime())
    return HttpResponse(status=204)
