"""What staff type for the shared task list, and what they filter it by."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import STAFF_ROLES
from core.forms.fields import CleanCharField, ThaiDateField
from geography.models import Province
from home.enums import TaskState
from home.forms.desk import TOO_LONG
from home.models.tasks import DETAILS_LENGTH, TITLE_LENGTH


class ProvinceField(forms.ModelChoiceField):
    """The provinces of this site's cluster, in the reader's language and order."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Province.objects.none(), required=False, **kwargs)

    def offer(self) -> None:
        # Filled for each form: the cluster is a setting of the site and may change while the process lives.
        self.queryset = Province.objects.all().of_this_site()
        names = [(area.pk, area.display_name) for area in self.queryset.in_dictionary_order()]
        self.choices = [("", self.empty_label), *names]


def colleagues() -> Any:
    """Everyone who does casework now; one query."""
    staff = User.objects.filter(is_active=True, groups__name__in=STAFF_ROLES)
    return staff.distinct().order_by("first_name", "last_name", "pk")


class TaskForm(forms.Form):
    title = CleanCharField(
        label=_("What is to be done"), max_length=TITLE_LENGTH,
        error_messages={"required": _("Write what is to be done."), **TOO_LONG},
    )  # fmt: skip
    details = CleanCharField(
        label=_("Details"), max_length=DETAILS_LENGTH, required=False,
        widget=forms.Textarea(attrs={"rows": 4}), error_messages=TOO_LONG,
    )  # fmt: skip
    province = ProvinceField(label=_("Province"), empty_label=_("All provinces of the cluster"))
    owner = forms.ModelChoiceField(
        User.objects.none(), label=_("Who does it"), required=False,
        empty_label=_("Nobody yet: whoever can"),
    )  # fmt: skip
    due_on = ThaiDateField(
        label=_("Due on"), required=False, help_text=_("For example 9/12/2569 or 9 ธ.ค. 2569.")
    )
    once = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("once", uuid.uuid4().hex)
        province: Any = self.fields["province"]
        owner: Any = self.fields["owner"]
        province.offer()
        owner.queryset = colleagues()


class TaskFilterForm(forms.Form):
    mark_optional = False
    state = forms.ChoiceField(choices=TaskState.choices, required=False, widget=forms.HiddenInput)
    province = ProvinceField(label=_("Province"), empty_label=_("All provinces"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        province: Any = self.fields["province"]
        province.offer()

    def chosen(self) -> tuple[str, str]:
        """State and province code; what is unknown falls back to the open tasks of all, with the error shown."""
        self.is_valid()
        province = self.cleaned_data.get("province")
        return self.cleaned_data.get("state") or TaskState.OPEN, province.pk if province else ""
