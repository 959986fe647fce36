"""Everything the demo needs before it can be served, in one process (starting Django costs seconds each time)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django_tasks_db.models import DBTaskResult
from wagtail.models import Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from demo.content.accounts import sign_ins

# Tasks of single rows that the steps here have done for all rows.
DONE_HERE = (
    "search.tasks.rebuild_index",
    "search.tasks.update_document",
    "search.tasks.update_subtree",
    "wagtail.tasks.update_reference_index_task",
)


class Command(BaseCommand):
    help = "Migrate, load the demo content, collect static files and build the search index."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--address-only", action="store_true", help="the rest is there: only SITE_ADDRESS changed"
        )

    def handle(self, *args: Any, address_only: bool = False, **options: Any) -> None:
        if address_only:
            self.address_of_site()
            self.write_sign_ins()
            return
        self.step("database", "migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        self.address_of_site()
        with disable_reference_index_auto_update():
            self.step("content", "load_demo")
        self.step("static files", "collectstatic", interactive=False, verbosity=0)
        self.step("search", "rebuild_search")
        self.catch_up()
        self.write_sign_ins()

    def step(self, what: str, command: str, **options: Any) -> None:
        self.stdout.write(f"- {what} ...")
        self.stdout.flush()
        call_command(command, stdout=self.stdout, **options)

    def catch_up(self) -> None:
        """All at once what the worker would do row by row: files are open (core.documents) from the first second, and
        what visitors do next waits behind nothing."""
        call_command("rebuild_references_index", verbosity=0)
        DBTaskResult.objects.ready().filter(task_path__in=DONE_HERE).delete()

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
