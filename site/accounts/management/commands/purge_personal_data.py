"""Erase what may not be kept any longer. Run once a day (docs/deployment.md); safe to repeat."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core import personal_data


class Command(BaseCommand):
    help = "Erase personal data whose time is over, in every app. Prints how many rows, never what stood in them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count only, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        now, dry_run = timezone.now(), options["dry_run"]
        for part in personal_data.parts():
            if part.purge is None:
                continue
            for what, number in part.purge(now, dry_run).items():
                self.stdout.write(f"{part.key}.{what}: {number}{' (nothing changed)' if dry_run else ''}")
