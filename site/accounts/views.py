from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


@login_required
def landing(request: HttpRequest) -> HttpResponse:
    return redirect("wagtailadmin_home" if request.user.has_perm("wagtailadmin.access_admin") else "/")
