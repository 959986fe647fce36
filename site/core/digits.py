"""Thai and Arabic digits. Screens use Arabic; official prints use Thai where the site settings say so."""

ARABIC = "0123456789"
THAI = "๐๑๒๓๔๕๖๗๘๙"
TO_ARABIC = str.maketrans(THAI, ARABIC)
TO_THAI = str.maketrans(ARABIC, THAI)


def to_arabic(value: object) -> str:
    return str(value).translate(TO_ARABIC)


def to_thai(value: object) -> str:
    return str(value).translate(TO_THAI)
