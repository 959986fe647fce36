"""Find links that lead nowhere (requirement A019). Run it weekly."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from home.models import DirectoryLink
from home.services.links import probe, record


class Command(BaseCommand):
    help = "Ask every link of the links page whether it still works and note the answer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what was found.")
        parser.add_argument("--timeout", type=float, default=10, help="Seconds to wait for one server.")

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        links = list(DirectoryLink.objects.all())
        for link in links:
            answer = probe(link.url, options["timeout"])
            if not answer.ok:
                broken += 1
                self.stdout.write(f"{link.url}: {answer.problem}")
            if not options["dry_run"]:
                record(link, answer, timezone.now())
        self.stdout.write(f"{len(links)} links checked, {broken} do not work")
