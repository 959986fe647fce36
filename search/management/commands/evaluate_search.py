from __future__ import annotations

import json
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.engines import Engine, EngineDownError
from search.evaluate import evaluate


class Command(BaseCommand):
    help = "Measure search on questions with known answers: MRR@10 of each set. The site's own index is not touched."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--docs", type=Path, required=True, help="lines of JSON: id, set, text (may be .gz)"
        )
        parser.add_argument(
            "--queries", type=Path, required=True, help="lines of JSON: set, question, relevant_id"
        )
        parser.add_argument("--engine", choices=["tantivy", "elasticsearch"], default=settings.SEARCH_ENGINE)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: object, docs: Path, queries: Path, engine: str, **options: object) -> None:
        for path in (docs, queries):
            if not path.is_file():
                raise CommandError(f"There is no file {path}")
        try:
            with tempfile.TemporaryDirectory() as folder:
                measured = evaluate(temporary_engine(engine, Path(folder)), docs, queries)
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


def temporary_engine(name: str, folder: Path) -> Engine:
    """An engine of its own beside the site's."""
    if name == "tantivy":
        from search.engines.tantivy_engine import TantivyEngine

        return TantivyEngine(folder)
    from search.engines.elasticsearch_engine import ElasticsearchEngine

    return ElasticsearchEngine(settings.ELASTICSEARCH_URL, f"{settings.ELASTICSEARCH_INDEX}-evaluation")
