"""Time of each printed paper on the demo: python bench/documents.py

"set" is the whole work of a text not seen before, in a process whose fonts are loaded; "kept" is what later readers of
the same public paper wait. CPU time, and since a busy machine stretches that too, as a multiple of the plainest Django
page (bench/floor.py) measured in turns with it: 100 ms are 29 of its 3.4 ms on a quiet machine.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "bench")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
ROUNDS = 7


def main() -> None:
    import django

    django.setup()
    import floor
    from django.utils import timezone

    from core import typeset
    from hearings.documents import form, notice, poster, receipt
    from hearings.models import Hearing, Submission
    from hearings.notices import notice_data

    now = timezone.now()
    hearing = Hearing.objects.visible().open(now)[0]
    client = floor.make_client()
    client.get(f"/page/{hearing.pk}")
    submission = Submission.objects.filter(hearing=hearing)[0]
    # The text changes each round: typst remembers what it has laid out.
    papers = {
        "notice": (notice.TEMPLATE, notice.notice_document(notice_data(hearing, now))),
        "poster A4": (poster.A4, poster.poster_data(hearing, now)),
        "poster A3": (poster.A3, poster.poster_data(hearing, now)),
        "slips": (poster.SLIPS, poster.poster_data(hearing, now)),
        "form": (form.TEMPLATE, form.form_data(hearing)),
        "form, large": (form.TEMPLATE, form.form_data(hearing, large=True)),
        "receipt": (receipt.TEMPLATE, receipt.receipt_data(submission)),
    }
    for name, (template, data) in papers.items():
        times, kept, floors = [], [], []
        for round_no in range(ROUNDS + 1):
            changed = data | {
                "title": f"{hearing.title} {round_no}",
                "hearing": f"{hearing.title} {round_no}",
            }
            start = time.process_time()
            typeset.public_pdf(template, changed)
            between = time.process_time()
            typeset.public_pdf(template, changed)
            times.append(1000 * (between - start))
            kept.append(1000 * (time.process_time() - between))
            start = time.process_time()
            client.get(f"/page/{hearing.pk}")
            floors.append(1000 * (time.process_time() - start))
        median, least = statistics.median(times[1:]), statistics.median(floors)
        print(
            f"{name:12} set: median {median:4.0f} ms, best {min(times[1:]):4.0f} ms, {median / least:4.1f} x floor page;"
            f" kept: {statistics.median(kept):4.1f} ms"
        )


if __name__ == "__main__":
    main()
