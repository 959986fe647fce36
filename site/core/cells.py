"""Cells of a spreadsheet, which must not run."""

# A spreadsheet runs a cell that begins so; an apostrophe keeps it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def safe_cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
