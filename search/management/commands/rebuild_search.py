from __future__ import annotations

import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from search.engines import EngineDownError, get_engine
from search.services import rebuild


class Command(BaseCommand):
    help = "Write the search index anew from what is public now. Readers keep the old one until it is done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing if there is an index already")

    def handle(self, *args: object, if_empty: bool, **options: object) -> None:
        engine = get_engine()
        if if_empty and engine.is_ready() and engine.count():
            self.stdout.write(f"The search index is there: {engine.count()} documents.")
            return
        started = time.perf_counter()
        try:
            count = rebuild(engine=engine)
        except EngineDownError as error:
            raise CommandError(f"The search engine cannot be written: {error}") from error
        seconds = time.perf_counter() - started
        self.stdout.write(f"Search index rebuilt: {count} documents in {seconds:.1f} s ({engine.name}).")
