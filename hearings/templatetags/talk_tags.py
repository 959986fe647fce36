"""Comments and sections, each rendered once for what it shows and then taken from the process (core.fragments)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django import template
from django.db.models import Model
from django.template import Engine
from django.utils.safestring import SafeString, mark_safe

from core.fragments import PAGES, fragment, kept, seen
from core.nearby import SECONDS
from core.prepared import row_of
from core.stencils import Stencil, cut
from hearings.forms.filters import CommentFilter
from hearings.models import Comment
from hearings.said import SLOTS, Row, Stencils
from hearings.threads import Node, Thread
from hearings.views.comment_list import CommentList
from hearings.views.draft import PartToRead
from hearings.views.hearing import Clause

register = template.Library()
MINUTE = 60
# A part lies within its page: together as long as other apps' things may be remembered.
HALF = SECONDS // 2
TOOLS = {name: SLOTS[name] for name in ("pk", "supports")}


@register.simple_tag(takes_context=True)
def said_rows(
    context: template.Context, rows: list[Row], name: str = "hearings/comments/row.html", linked: bool = True
) -> SafeString:
    """``name`` for each comment, ``tombstone.html`` for those that were withdrawn."""
    stencils = _stencils(context, name, linked=linked)
    html = []
    for row in rows:
        if row.withdrawn:
            html.append(_part(context, "hearings/comments/tombstone.html", entry=row.withdrawn))
        elif row.comment:
            html.append(_rendered(stencils, row.comment, row.thread))
        elif row.said:
            html.append(stencils.html(row.said, row.is_supported))
    return mark_safe("".join(html))  # noqa: S308  (templates with escaped values)


def _stencils(context: template.Context, name: str, *, linked: bool) -> Stencils:
    """How a template that shows a comment looks on this page."""
    hearing, room = context.get("hearing"), context.get("room")
    is_open = bool(room and room.is_open)
    hearing_key = (hearing.pk, hearing.slug) if hearing else ()
    key = (name, linked, context.get("hearing_path"), is_open, context.get("may_answer"), *hearing_key)

    def render(comment: Comment, thread: Thread | None) -> str:
        return _part(context, name, comment=comment, thread=thread, linked=linked)

    return Stencils(key, render, is_open)


def _rendered(stencils: Stencils, comment: Comment, thread: Thread | None = None) -> SafeString:
    """A comment with more than words. Its key holds every loaded value of it, its sender and its replies."""
    key = (*_of_comment(comment), *(_of_thread(thread) if thread else ()), *stencils.key)
    return fragment("said", key, lambda: stencils.render(comment, thread))


@dataclass(frozen=True)
class AnyComment:
    """Stands in the stencil of the tools for a comment: of it they show two numbers."""

    pk: int = SLOTS["pk"].stand_in
    supports_counted: int = SLOTS["supports"].stand_in


@register.simple_tag(takes_context=True)
def talk_tools(context: template.Context, thread: Thread) -> SafeString:
    """``components/talk_tools.html``: the same under every comment of an open hearing but for two numbers."""
    name, hearing, comment = "components/talk_tools.html", context["hearing"], thread.comment
    if not context["room"].is_open:  # says in words how many support it
        return mark_safe(_part(context, name, comment=comment))  # noqa: S308  (a template escaped it)
    key = (hearing.pk, hearing.slug, thread.is_supported, context.get("may_answer"))

    def make() -> Stencil:
        return cut(_part(context, name, comment=AnyComment(), thread=thread), TOOLS)

    stencil = kept("tools", key, make)
    numbers = {"pk": str(comment.pk), "supports": str(comment.supports_counted)}
    return mark_safe(stencil.fill(numbers))  # noqa: S308  (a template escaped the rest)


@register.simple_tag(takes_context=True)
def comment_filter(context: template.Context, form: CommentFilter, heading: str) -> SafeString:
    """``components/filter_form.html``, kept by what can be chosen and what is; one with mistakes is made anew."""

    exact = context["listing"].is_exact

    def render() -> str:
        return _part(
            context, "components/filter_form.html", form=form, heading=heading, apart="q", exact=exact
        )

    if form.errors:
        return mark_safe(render())  # noqa: S308  (a template escaped it)
    chosen = [str(field.value() or "") for field in form]
    choices = [str(part) for choice in form.choices_of_the_hearing() for part in choice]
    return fragment("comment-filter", (*chosen, exact, len(choices), *choices, heading), render)


@register.simple_tag(takes_context=True)
def list_piece(context: template.Context, listing: CommentList) -> SafeString:
    """``hearings/comments_main.html``: all between header and footer, known again by all that the database answered."""
    key = (*listing.shown, context.get("may_answer"))

    def render() -> str:
        return _part(
            context,
            "hearings/comments_main.html",
            page=listing.page,
            rows=listing.rows(),
            pinned=listing.pinned_rows(),
            wanted=listing.wanted,
            sort=listing.sort or "new",
        )

    return fragment("comments", key, render, alias=PAGES)


@register.simple_tag(takes_context=True)
def choice_piece(context: template.Context, name: str) -> SafeString:
    """What stands around the comments, ``hearings/comments/<name>.html``: the same on all pages of one choice.

    Kept beside whole pages: whoever asks for a thousand odd addresses pushes out those, and never the comments.
    """
    listing = context["listing"]
    key = (name, listing.choice, *([listing.totals] if name == "stances" else []))
    return fragment("choice", key, lambda: _part(context, f"hearings/comments/{name}.html"), alias=PAGES)


@register.simple_tag(takes_context=True)
def hearing_piece(context: template.Context) -> SafeString:
    """``hearings/hearing_main.html``. A preview, and a page that was not read as the website reads it, is made anew."""
    room, name = context["room"], "hearings/hearing_main.html"
    if room.is_preview or row_of(room.hearing) is None:
        return mark_safe(_part(context, name))  # noqa: S308  (a template escaped it)
    key = (context.get("absolute_url"), context.get("hearing_path"), *room.shown)
    # Lessons and explained words come from other apps, as these are for some seconds.
    return fragment("hearing", key, lambda: _part(context, name), HALF, PAGES)


@register.simple_tag(takes_context=True)
def hearing_part(context: template.Context, name: str) -> SafeString:
    """``hearings/main/<name>.html``, which a new comment leaves as it was: with the numbers it shows in its key."""
    room, part = context["room"], f"hearings/main/{name}.html"
    if room.is_preview or row_of(room.hearing) is None:
        return mark_safe(_part(context, part))  # noqa: S308  (a template escaped it)
    numbers = {"matter": repr(room.block_totals), "sum": room.sector_totals}.get(name)
    key = (name, context.get("absolute_url"), context.get("hearing_path"), room.told, numbers)
    return fragment("hearing-part", key, lambda: _part(context, part), HALF)


@register.simple_tag(takes_context=True)
def clause_piece(context: template.Context, clause: Clause) -> SafeString:
    """A section on the page of its hearing. A link in its text is looked up anew each minute."""
    room = context["room"]
    numbers = (cell.number for cell in clause.tally.cells)
    key = (*seen(clause.block), *numbers, clause.readable, str(room.state), context["page"].slug)
    return fragment("clause", key, lambda: _part(context, "hearings/clause.html", clause=clause), MINUTE)


@register.simple_tag(takes_context=True)
def draft_piece(context: template.Context, part: PartToRead, name: str) -> SafeString:
    """A section on the page of the draft, as ``clause_piece``."""
    room = context["room"]
    numbers = (*(cell.number for cell in part.tally.cells), *(piece.readable for piece in part.pieces))
    flags = (room.is_open, context["can_comment"], context["hearing"].slug)
    key = (name, *seen(part.block), *numbers, part.readable, *flags)
    return fragment("draft", key, lambda: _part(context, name, part=part), MINUTE)


@register.simple_tag(takes_context=True)
def facts_piece(context: template.Context, name: str) -> SafeString:
    """What an edition of the hearing says and only an editor changes. A preview is rendered each time."""
    room = context["room"]
    if room.is_preview:
        return mark_safe(_part(context, name))  # noqa: S308  (a template escaped it)
    return fragment("facts", (name, room.is_open, *room.edition), lambda: _part(context, name), SECONDS)


def _part(context: template.Context, name: str, **values: object) -> str:
    with context.push(**values):
        return Engine.get_default().get_template(name).render(context)


def _of_comment(comment: Comment) -> Iterator[object]:
    """Its row with those that came with it and the section it is shown with, or all that is loaded of it."""
    row = row_of(comment)
    if row is None:
        yield from seen(comment)
    else:
        yield row
        yield comment.block.number if comment.block else None


def _of_thread(thread: Thread) -> Iterator[object]:
    """Whatever a thread has come to hold: a list that is added to it later can never be forgotten here."""
    for name, value in vars(thread).items():
        if name != "comment":
            yield name
            yield from _of(value)


def _of(value: object) -> Iterator[object]:
    if isinstance(value, Model):
        yield from seen(value)
    elif isinstance(value, list):
        yield len(value)
        for item in value:
            yield from _of(item)
    elif isinstance(value, Node):
        yield from _of([value.reply, *value.below])
    else:
        yield value
