"""What was found in a spreadsheet: good rows, and what is wrong with the others (P108)."""

from __future__ import annotations

from dataclasses import dataclass, field

from hearings.services.import_columns import NEEDED, Column


@dataclass
class Reading:
    """What a file holds; all of it plain values that fit into ImportRun."""

    rows: list[dict] = field(default_factory=list)
    problems: list[dict] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)

    @property
    def missing(self) -> list[Column]:
        """Without these nothing can be read; somebody has to say where they stand."""
        return [column for column in NEEDED if column not in self.columns]

    def complain(self, row: int, column: str, trouble: str, value: object = "", hint: str = "") -> None:
        self.problems.append(
            {
                "row": row,
                "column": str(column),
                "trouble": str(trouble),
                "value": str(value)[:80],
                "hint": hint,
            }
        )
