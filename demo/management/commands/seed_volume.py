"""Fill hearings with believable volume, to measure and to see. Never on a real site."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo.volume import Volume


class Command(BaseCommand):
    help = (
        "Make hearings with believable comments in bulk (100,000 in under two minutes); never on a real site."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--hearings", type=int, default=1)
        parser.add_argument("--comments", type=int, default=1000)
        parser.add_argument("--users", type=int, default=0)
        parser.add_argument("--seed", type=int, default=2569)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is a real site: invented comments do not belong here.")
        wanted = {name: options[name] for name in ("hearings", "comments", "users")}
        if min(wanted.values()) < 0 or (wanted["comments"] and not wanted["hearings"]):
            raise CommandError("Numbers are 0 or more, and comments need a hearing.")
        started = time.monotonic()
        Volume(seed=options["seed"], now=timezone.now(), say=self.stdout.write).fill(**wanted)
        self.stdout.write(f"{time.monotonic() - started:.1f} s")
