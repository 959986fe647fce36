from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.searchable import searchables
from search.engines import get_engine
from search.services import difference, repair
from search.upkeep import last_error, waiting_changes


class Command(BaseCommand):
    help = (
        "Tell how search is: engine, documents, size, last change, and whether it agrees with the database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="index what is missing, remove what is left over"
        )

    def handle(self, *args: object, repair: bool, **options: object) -> None:
        engine = get_engine()
        status = engine.status()
        self.stdout.write(f"engine       {status.engine}, index of version {status.version}")
        self.stdout.write(f"where        {status.where}")
        self.stdout.write(f"state        {'ready' if status.ready else 'not ready'} {status.detail}".rstrip())
        self.stdout.write(f"waiting      {waiting_changes()} changes")
        self.stdout.write(f"last error   {last_error() or 'none'}")
        if not status.ready:
            raise CommandError(
                "Search is not ready. Is the engine running? A missing index is rebuilt by the worker, "
                "or at once by: manage.py rebuild_search"
            )
        updated = (
            timezone.localtime(status.updated).isoformat(" ", "seconds") if status.updated else "unknown"
        )
        self.stdout.write(f"documents    {status.documents}")
        self.stdout.write(f"size         {status.size / 1_000_000:.1f} MB")
        self.stdout.write(f"last change  {updated}")
        for searchable in searchables():
            self.stdout.write(f"kind         {searchable.kind}: {searchable.model._meta.label}")
        self._compare(repair)

    def _compare(self, wanted: bool) -> None:
        engine = get_engine()
        wrong = difference(engine=engine)
        if wrong and wanted:
            repair(engine=engine, wrong=wrong)
            self.stdout.write(f"repaired     {len(wrong.missing)} added, {len(wrong.left_over)} removed")
            return
        for name, keys in (("missing", wrong.missing), ("left over", wrong.left_over)):
            for key in keys[:20]:
                self.stdout.write(f"{name:<12} {key}")
        if wrong:
            raise CommandError(
                f"Not in sync: {len(wrong.missing)} missing, {len(wrong.left_over)} left over. Run it with --repair."
            )
        self.stdout.write("in sync      yes")
