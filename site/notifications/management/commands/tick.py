"""What the clock brings: run every minute by cron (docs/notifications.md). Safe to run twice, late, or at once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from notifications import clock


class Command(BaseCommand):
    help = "Write the letters that are due by the clock and send what waits in the outbox."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, number in clock.tick(timezone.now()).items():
            if number:
                self.stdout.write(f"{name}: {number}")
