"""Things of home for tests: tickets, questions, links, agencies, pages, people in a role."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group

from accounts.models import User
from home.models import Agency, DirectoryLink, FaqCategory, FaqEntry, StandardPage, Ticket
from home.services import open_ticket


def make_ticket(message: str = "บึงสามแพรกจะขุดเมื่อไร", **fields: Any) -> Ticket:
    return open_ticket(message=message, **fields)


def make_person(role: str = "", *, email: str = "", superuser: bool = False) -> User:
    email = email or f"{role or 'nobody'}@example.go.th"
    if superuser:
        return User.objects.create_superuser(email, "x")
    user = User.objects.create_user(email, "x")
    if role:
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


def make_question(question: str = "ต้องสมัครสมาชิกไหม", *, published: bool = True, **fields: Any) -> FaqEntry:
    category, _created = FaqCategory.objects.get_or_create(name=fields.pop("category", "การแสดงความเห็น"))
    fields.setdefault("answer", "ไม่ต้อง")
    return FaqEntry.objects.create(category=category, question=question, is_published=published, **fields)


def make_link(url: str = "https://www.info.go.th/", **fields: Any) -> DirectoryLink:
    return DirectoryLink.objects.create(**{"title": "คู่มือประชาชน", "category": "services", **fields}, url=url)


def make_agency(name: str = "กรมชลประทาน", **fields: Any) -> Agency:
    return Agency.objects.create(**{"kind": "department", **fields}, name=name)


def make_page(parent: Any, title: str = "ความเป็นมา", slug: str = "history", **fields: Any) -> StandardPage:
    page = StandardPage(title=title, slug=slug, **fields)
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.save_revision().publish()
    return StandardPage.objects.get(pk=page.pk)
