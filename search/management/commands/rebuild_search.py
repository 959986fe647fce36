from __future__ import annotations

import time
from argparse import ArgumentParser

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from search.engines import EngineDownError, engine_name, make_engine
from search.services import rebuild, settle


class Command(BaseCommand):
    help = "Write the search index anew from what is public now. Readers keep the old one until it is done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing if there is an index already")
        parser.add_argument(
            "--engine",
            choices=["tantivy", "elasticsearch"],
            default=engine_name(),
            help="another than the one in use, to have its index ready before SEARCH_URL changes",
        )

    def handle(self, *args: object, if_empty: bool, engine: str, **options: object) -> None:
        try:
            chosen = make_engine(engine)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        if if_empty and chosen.is_ready() and chosen.count():
            self.stdout.write(f"The search index is there: {chosen.count()} documents.")
            return
        started = time.perf_counter()
        try:
            count = rebuild(engine=chosen)
        except EngineDownError as error:
            raise CommandError(f"The search engine cannot be written: {error}") from error
        seconds = time.perf_counter() - started
        self.stdout.write(f"Search index rebuilt: {count} documents in {seconds:.1f} s ({chosen.name}).")
        settle(engine=chosen, wait=True)
