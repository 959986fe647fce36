from __future__ import annotations

import json
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from search.engines import EngineDownError, engine_name, make_engine
from search.evaluate import evaluate

PATIENT = 30.0


class Command(BaseCommand):
    help = "Measure search on questions with known answers: MRR@10 of each set. The site's own index is not touched."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--docs", type=Path, required=True, help="lines of JSON: id, set, text (may be .gz)"
        )
        parser.add_argument(
            "--queries", type=Path, required=True, help="lines of JSON: set, question, relevant_id"
        )
        parser.add_argument("--engine", choices=["tantivy", "elasticsearch"], default=engine_name())
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: object, docs: Path, queries: Path, engine: str, **options: object) -> None:
        for path in (docs, queries):
            if not path.is_file():
                raise CommandError(f"There is no file {path}")
        try:
            with tempfile.TemporaryDirectory() as folder:
                index = folder if engine == "tantivy" else f"{settings.SEARCH_INDEX}-evaluation"
                own = make_engine(engine, index=index, seconds=PATIENT)
                measured = evaluate(own, docs, queries)
                own.remove()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        except EngineDownError as error:
            raise CommandError(f"The engine does not answer: {error}") from error
        if options["json"]:
            self.stdout.write(json.dumps(measured, indent=2))
            return
        for name, found in measured["sets"].items():
            self.stdout.write(f"{name:<16} MRR@10 {found['mrr10']:.4f}  R@1 {found['recall1']:.4f}")
        self.stdout.write(
            f"{'mean':<16} MRR@10 {measured['mean_mrr10']:.4f}  R@1 {measured['mean_recall1']:.4f}"
        )
