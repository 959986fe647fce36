"""Loads the strategy documents of the demo with their PDF files. Safe to repeat."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from core.models import StrategyIssue
from demo.content.news import publish, topics, unit
from demo.content.strategy_documents import ISSUES, PAPERS, Paper
from demo.documents.make import document
from news.models import StrategyDocument, StrategyIndexPage


def load() -> None:
    index = StrategyIndexPage.objects.get(locale__language_code="th")
    english_index = index.get_translations().get().specific
    for paper in PAPERS:
        page = StrategyDocument.objects.child_of(index).filter(slug=paper.slug).first()
        if page is None:
            page = add_paper(index, paper)
        elif page.document:
            document(paper.slug, page.document.title, paper.pdf)  # makes a lost file again
        if paper.english and not page.get_translations().exists():
            add_english(english_index, page, paper)


@transaction.atomic
def add_paper(index: StrategyIndexPage, paper: Paper) -> StrategyDocument:
    day = dt.date.fromisoformat(paper.day)
    page = StrategyDocument(
        title=paper.title, slug=paper.slug, doc_type=paper.doc_type, summary=paper.summary, body=paper.body,
        official_number=paper.number, official_date=day, issuing_unit=paper.issued_by,
        approved_by=paper.approved_by, start_year=paper.start, end_year=paper.end,
        revision_year=paper.revision, change_note=paper.change,
        supersedes=StrategyDocument.objects.child_of(index).filter(slug=paper.supersedes).first(),
        document=document(paper.slug, paper.title, paper.pdf),
        gazette_volume=paper.gazette[0] if paper.gazette else None,
        gazette_date=dt.date.fromisoformat(paper.gazette[1]) if paper.gazette else None,
    )  # fmt: skip
    index.add_child(instance=page)
    page.topics.add(*topics(paper.topics))
    page.strategy_issues = [issue(number) for number in paper.issues]
    page.responsible_units = [unit(paper.unit)]
    publish(page, dt.date.fromisoformat(paper.posted) if paper.posted else day, hour=14)
    return page


def issue(number: int) -> StrategyIssue:
    title, title_en = ISSUES[number]
    return StrategyIssue.objects.get_or_create(
        period_start=2566, number=number, defaults={"period_end": 2570, "title": title, "title_en": title_en}
    )[0]


@transaction.atomic
def add_english(index: StrategyIndexPage, source: StrategyDocument, paper: Paper) -> None:
    title, summary, body = paper.english
    page = source.copy_for_translation(index.locale)
    page.title, page.draft_title, page.summary, page.body = title, title, summary, body
    publish(page, source.official_date, hour=14)
