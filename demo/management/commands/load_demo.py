"""Fill the site with the demo's story. Safe to repeat: nothing is doubled, nothing an editor changed is overwritten."""

from __future__ import annotations

import importlib
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

# The order matters: places and people first, then what they wrote.
PARTS = ("geography", "accounts", "tasks", "pages", "news", "strategy", "knowledge", "hearings")


class Command(BaseCommand):
    help = "Load the demo content: Nakhon Sawan, Kamphaeng Phet, Phichit and Uthai Thani."

    def handle(self, *args: Any, **options: Any) -> None:
        translation.activate("th")
        for name in PARTS:
            started = time.monotonic()
            importlib.import_module(f"demo.content.{name}").load()
            self.stdout.write(f"  {name}: {time.monotonic() - started:.1f} s")
