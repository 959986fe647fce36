"""The library: the index page of all lessons (requirements A188)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.finding import FinderDownError, Inside, Wanted, find_inside
from core.models import BasePage
from core.pagination import paginate
from core.ratelimit import TooManyRequestsError, refuse, visitor
from core.urls_for import reader_language
from knowledge.enums import LessonOrder
from knowledge.forms.filters import LessonFilterForm
from knowledge.models.lesson import LessonPage
from knowledge.querysets import LessonQuerySet

PER_PAGE = 12


class LibraryPage(BasePage):
    """Lists the lessons with facets. One a language; made by migration 0002."""

    template = "pages/library_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["knowledge.LessonPage"]
    max_count_per_parent = 1
    page_description = _("The library of lessons.")
    slug_prefix = "knowledge"

    content_panels = [*BasePage.content_panels, FieldPanel("summary")]
    promote_panels = BasePage.promote_panels[1:]

    class Meta:
        verbose_name = _("lessons library")
        verbose_name_plural = _("lessons libraries")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        context = super().get_context(request, *args, **kwargs)
        readable = LessonPage.objects.readable(reader_language(), request.user)
        form = LessonFilterForm(request.GET, lessons=readable)
        inside, is_down, too_many = None, False, None
        try:
            inside, is_down = words_found(form, visitor(request))
        except TooManyRequestsError as error:
            too_many = error
        orders = orders_of(inside)
        order = LessonOrder(form.order_wanted) if form.order_wanted in orders else orders[0]
        return {
            **context,
            "filter_form": form,
            "facets": form.facets(),
            "chips": form.chips(),
            "inside": inside,
            "is_down": is_down,
            "too_many": too_many,
            "orders": orders,
            "order": order,
            "lessons": paginate(request, in_order(form.apply().for_lists(), order, inside), PER_PAGE),
        }

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        if too_many := response.context_data["too_many"]:
            refuse(response, too_many)
        return response


def orders_of(inside: Inside | None) -> list[LessonOrder]:
    """What a reader may choose from; the first where nothing was chosen. Without words nothing is closer."""
    return [order for order in LessonOrder if inside or order is not LessonOrder.CLOSEST]


def in_order(lessons: LessonQuerySet, order: LessonOrder, inside: Inside | None) -> LessonQuerySet:
    if inside and order is LessonOrder.CLOSEST:
        return lessons.closest_first(inside)
    return lessons.best_proven_first() if order is LessonOrder.BEST_PROVEN else lessons.newest_first()


def words_found(form: LessonFilterForm, asked_by: str) -> tuple[Inside | None, bool]:
    """Which lessons hold the words, if any were asked for; and whether search is down, so that all are shown."""
    if not form.words:
        return None, False
    try:
        wanted = Wanted(
            LessonPage, form.words, exact=form.is_exact, language=reader_language(), visitor=asked_by
        )
        inside = find_inside(wanted)
    except FinderDownError:
        return None, True
    form.keep(inside.pks)
    return inside, False
