"""What search finds inside a hearing: the sections of its draft, and what people said.

Each is a document of its own, so that a search leads to the paragraph and not to the top of a long page. Never a name:
neither of who sent a comment nor of who answered it.
"""

from __future__ import annotations

import functools
import html
import re

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext

from core.enums import Sector
from core.searchable import Searchable, SearchDocument, key_for, register
from geography.models import Province
from hearings.enums import BlockKind, Stance
from hearings.models import Attachment, Comment, DraftBlock, DraftVersion, Hearing, Reply

LANGUAGE = "th"
BLOCK_END = re.compile(r"</(?:p|li|h[2-6])>|<br\s*/?>")
MOST_REPLIES = 50
# Of a comment and its sender: nothing else is read, least of all a name or an address.
SHOWN = (
    "hearing", "stance", "reason", "suggestion", "expected_impact", "created_at", "submission__sector",
    "submission__province__name", "submission__province__name_en", "topic__slug",
)  # fmt: skip
# When a comment and its hearing, or a section, hold the question equally well, the hearing comes first.
COMMENT_BOOST, SECTION_BOOST = 0.8, 0.9


def hearings_of_pieces() -> QuerySet[Hearing]:
    """With what its pieces say of it, read once a chunk of them and not for each."""
    wanted = Hearing.objects.only("title", "slug", "announced_at", "stage")
    return wanted.prefetch_related("provinces", "topics", "strategy_issues")


def issues_of(hearing: Hearing) -> tuple[str, ...]:
    return tuple(str(issue.pk) for issue in hearing.strategy_issues.all())


def topics_of(hearing: Hearing) -> tuple[str, ...]:
    return tuple(topic.slug for topic in hearing.topics.all())


# --- the draft -----------------------------------------------------------------------------------------------


def public_sections() -> QuerySet[DraftBlock]:
    """Of the newest frozen version of hearings anyone may read."""
    newer = DraftVersion.objects.filter(
        hearing=OuterRef("version__hearing"), number__gt=OuterRef("version__number")
    )
    return (
        DraftBlock.objects.filter(
            ~Exists(newer), version__hearing__in=Hearing.objects.visible().order_by().values("pk")
        )
        .order_by("pk")
        .select_related("version")
        .prefetch_related(Prefetch("version__hearing", queryset=hearings_of_pieces()))
    )


def section_document(block: DraftBlock) -> SearchDocument:
    hearing = block.version.hearing
    with override(LANGUAGE):
        place = f"{pgettext('draft', 'Section')} {block.number}"
        url = f"{reverse('hearings:draft', args=[hearing.slug])}#s{block.number}"
    return SearchDocument(
        key=key_for(block),
        kind="section",
        title=block.heading,
        url=url,
        body=words_of_section(block),
        language=LANGUAGE,
        date=block.version.published_at,
        provinces=tuple(hearing.acting_provinces()),
        topics=topics_of(hearing),
        issues=issues_of(hearing),
        variety=block.kind,
        part_of=key_for(hearing),
        detail=f"{place} · {hearing.title}",
        boost=SECTION_BOOST,
        heading_searched=False,
    )


def words_of_section(block: DraftBlock) -> str:
    text = html.unescape(strip_tags(BLOCK_END.sub(" ", block.body)))
    return f"{block.heading}\n{text.strip()}"


# --- what people said ------------------------------------------------------------------------------------------


def public_comments() -> QuerySet[Comment]:
    """What anyone may read now, of hearings anyone may read, with the replies and recordings that stand below it."""
    said = Attachment.objects.readable().with_words().order_by("pk").only("submission", "transcript")
    replies = Reply.objects.shown().order_by("created_at", "pk").only("comment", "text")[:MOST_REPLIES]
    return (
        Comment.objects.filter(is_public=True, hearing__in=Hearing.objects.visible().order_by().values("pk"))
        .order_by("pk")
        .select_related("submission", "submission__province", "topic")
        .only(*SHOWN)
        .prefetch_related(
            Prefetch("hearing", queryset=hearings_of_pieces()),
            Prefetch("replies", queryset=replies, to_attr="shown_replies"),
            Prefetch("submission__attachments", queryset=said, to_attr="written_down"),
        )
    )


def comment_document(comment: Comment) -> SearchDocument:
    """With the replies to it and what was said in its voice notes: they stand on its page, and are gone with it."""
    hearing, sender = comment.hearing, comment.submission
    title, list_path = _heading(hearing.title, hearing.slug)
    place = _place(sender.province) if sender.province else ""
    words = _words()
    detail = " · ".join(filter(None, [words[comment.stance], words[sender.sector], place]))
    replies: list[Reply] = comment.shown_replies  # type: ignore[attr-defined]  # public_comments put them there
    spoken: list[Attachment] = sender.written_down  # type: ignore[attr-defined]  # so did they these
    said = [*comment.words, *(file.transcript for file in spoken)]
    said += [reply.text for reply in replies]
    return SearchDocument(
        key=key_for(comment),
        kind="comment",
        title=title,
        url=f"{list_path}{comment.pk}/",
        body="\n".join(text for text in said if text),
        language=LANGUAGE,
        date=comment.created_at,
        provinces=(sender.province_id,) if sender.province_id else (),
        topics=(comment.topic.slug,) if comment.topic else topics_of(hearing),
        sectors=(sender.sector,),
        issues=issues_of(hearing),
        variety=comment.stance,
        part_of=key_for(hearing),
        detail=detail,
        boost=COMMENT_BOOST,
        heading_searched=False,
    )


# The same for 100,000 comments: translated and put together once.


@functools.cache
def _words() -> dict[str, str]:
    with override(LANGUAGE):
        return {value: str(label) for value, label in [*Stance.choices, *Sector.choices]}


@functools.lru_cache(maxsize=500)
def _heading(title: str, slug: str) -> tuple[str, str]:
    """What a comment on it is called, and the address of their list."""
    with override(LANGUAGE):
        return _("Comment on: %(title)s") % {"title": title}, reverse("hearings:comments", args=[slug])


@functools.lru_cache(maxsize=100)
def _place(province: Province) -> str:
    with override(LANGUAGE):
        return province.full_name


def register_pieces() -> None:
    register(
        Searchable(
            kind="section", label=_("Sections of drafts"), model=DraftBlock, public=public_sections,
            document=section_document, icon="doc", order=15, varieties=dict(BlockKind.choices),
            whole={Hearing: "version__hearing"},
        )
    )  # fmt: skip
    register(
        Searchable(
            kind="comment", label=_("Comments"), model=Comment, public=public_comments,
            document=comment_document, icon="people", order=60, varieties=dict(Stance.choices), rereads=True,
            whole={Hearing: "hearing"},
        )
    )  # fmt: skip
