"""Thai and Arabic digits. Screens use Arabic; official prints use Thai where the site settings say so."""

ARABIC = "0123456789"
THAI = "๐๑๒๓๔๕๖๗๘๙"
LONGEST_KEY = 18  # digits: more may not fit into 64 bits
TO_ARABIC = str.maketrans(THAI, ARABIC)
TO_THAI = str.maketrans(ARABIC, THAI)


def to_arabic(value: object) -> str:
    return str(value).translate(TO_ARABIC)


def key_number(text: str) -> int | None:
    """What a form or an address names a row by; None where that is no number a database holds."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else None


def to_thai(value: object) -> str:
    return str(value).translate(TO_THAI)
