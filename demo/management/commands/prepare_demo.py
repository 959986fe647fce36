"""Everything the demo needs before it can be served, in one process (starting Django costs seconds each time)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from wagtail.models import Page, ReferenceIndex, Site

from demo.content.accounts import sign_ins


class Command(BaseCommand):
    help = "Migrate, load the demo content, collect static files and build the search index."

    def handle(self, *args: Any, **options: Any) -> None:
        self.step("database", "migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        self.address_of_site()
        self.step("content", "load_demo")
        self.note_which_page_shows_which_file()
        self.step("static files", "collectstatic", interactive=False, verbosity=0)
        self.step("search", "rebuild_search")
        self.write_sign_ins()

    def step(self, what: str, command: str, **options: Any) -> None:
        self.stdout.write(f"- {what} ...")
        self.stdout.flush()
        call_command(command, stdout=self.stdout, **options)

    def note_which_page_shows_which_file(self) -> None:
        """Files are open from the first second (core.documents), not when the worker has come to the last page."""
        for page in Page.objects.specific().iterator(chunk_size=100):
            ReferenceIndex.create_or_update_for_object(page)

    def address_of_site(self) -> None:
        address = urlsplit(settings.SITE_ADDRESS)
        Site.objects.filter(is_default_site=True).update(hostname=address.hostname, port=address.port or 80)
        Site.clear_site_root_paths_cache()

    def write_sign_ins(self) -> None:
        rows = sign_ins()
        width = max(len(email) for _role, email, _password in rows)
        lines = ["", "Demo sign-ins (this demo only; any other settings refuse to start with them):"]
        lines += [f"  {email:<{width}}  {password}  {role}" for role, email, password in rows]
        text = "\n".join([*lines, f"  Sign in at {settings.SITE_ADDRESS}/accounts/login/", ""])
        (settings.VAR_DIR / "demo-sign-ins.txt").write_text(text, encoding="utf-8")
