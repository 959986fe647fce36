"""The shared task list at the desk: list, add, done, not done after all (requirement A258)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Action, require, signed_in
from core.pagination import paginate
from core.thaidate import local_day
from home import services
from home.enums import TaskState
from home.forms import TaskFilterForm, TaskForm
from home.models import SharedTask
from home.querysets import SharedTaskQuerySet

PER_PAGE = 30


@login_required
@never_cache
@require_safe
def shared_tasks(request: HttpRequest) -> HttpResponse:
    require(request.user, Action.SHARE_TASKS)
    today = local_day(timezone.now())
    form = TaskFilterForm(request.GET)
    state, province = form.chosen()
    page = paginate(request, _pile(state, today).in_province(province).for_lists(), PER_PAGE)
    rows = [
        {"task": task, "late": task.is_late(today), "mine": services.may_finish(request.user, task)}
        for task in page
    ]
    context = {
        "page_obj": page, "rows": rows, "form": form, "state": state, "states": TaskState.choices,
        "province": province,
    }  # fmt: skip
    return render(request, "home/desk/tasks.html", context)


def _pile(state: str, today: dt.date) -> SharedTaskQuerySet:
    tasks = SharedTask.objects
    return {
        TaskState.OPEN: tasks.open,
        TaskState.LATE: lambda: tasks.late(today),
        TaskState.DONE: tasks.done,
    }[TaskState(state)]()


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_task(request: HttpRequest) -> HttpResponse:
    require(request.user, Action.SHARE_TASKS)
    form = TaskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.create_task(by=signed_in(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The task is on the list."))
            return HttpResponseRedirect(reverse("home:shared_tasks"))
    return render(request, "home/desk/task_add.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
@require_POST
def finish_task(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(request, pk, services.complete_task, _("Done. It is under “Done” now."))


@login_required
@require_POST
def reopen_task(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(request, pk, services.reopen_task, _("The task is open again."))


def _change(request: HttpRequest, pk: int, do: Callable[..., SharedTask], said: str) -> HttpResponse:
    """Back to the list as it was filtered: the filter travels in the query of the button's form."""
    do(task=get_object_or_404(SharedTask, pk=pk), by=signed_in(request))
    messages.success(request, said)
    query = request.GET.urlencode()
    return HttpResponseRedirect(reverse("home:shared_tasks") + (f"?{query}" if query else ""))
