"""Words that must not be broken at a line end: dates, numbers with their unit, place names.

Thai has no spaces, so a browser breaks lines by its own dictionary, which splits names. ``keep_together``
wraps what belongs together in ``<span class="nb">``. Place names come from providers that apps register
(geography gives its provinces and districts); core knows none itself.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from html import escape

from django.utils.safestring import SafeString

from core.thaidate import MONTHS, SHORT_MONTHS, WEEKDAYS

Provider = Callable[[], Iterable[str]]
Tree = dict[str, "Tree"]  # of letters
END = ""  # beside the letters that may follow: a name ends here
_providers: list[Provider] = []

UNITS = (
    "บาท|ล้านบาท|ไร่|คน|ราย|ครัวเรือน|วัน|สัปดาห์|เดือน|ปี|ชั่วโมง|นาที|เมตร|กิโลเมตร|กม\\.|ตัน|ครั้ง|แห่ง|จุด|ข้อ|หมู่บ้าน|"
    "จังหวัด|อำเภอ|ตำบล|ความเห็น|โครงการ|ชั้น|ขั้น|หน้า|KB|MB|เวลา|ฤดู|เรื่อง|ประเด็น|เที่ยว|เซนติเมตร|หลัง|แปลง|เวที|หลัก|ตัว"
)
DAY = rf"\d\d?(?:[–-]\d{{1,2}})? (?:{'|'.join(map(re.escape, [*MONTHS, *SHORT_MONTHS]))})(?: \d{{4}})?"
# Each begins with a letter or a set of letters: what begins otherwise costs a closer look at every letter of a text.
WITH_DIGITS = (
    *(rf"{weekday}(?:ที่)? {DAY}" for weekday in WEEKDAYS),
    DAY,
    r"พ\.ศ\. \d{4}(?:[–-]\d{4})?",
    r"\d\d?\.\d{2}(?:[–-]\d{1,2}\.\d{2})? น\.",
    rf"[\d,.][\d,.]*(?<=\d) (?:{UNITS})",
    r"\d\d{3} \d{4} \d{4}",  # a receipt number
    r"\d(?<!\d\d)\d\d \d{3}(?: \d{3,4})?(?!\d)",  # an edit code, a telephone number
    *(rf"{part} \d" for part in ("ตอนบน", "ตอนล่าง")),  # groups of provinces
    *(rf"{word} \d+(?:/\d+)?" for word in ("ข้อ", "มาตรา", "หมู่", "ครั้งที่", "ฉบับที่", "ชั้น")),
)
BEFORE_NAMES = ("จังหวัด", "อำเภอ", "ตำบล", "เขต", "แขวง", r"จ\.", r"อ\.", r"ต\.")
REPEATED = r"[ก-ฮ][\u0e30-\u0e3a\u0e47-\u0e4e]* ๆ"  # the repeat mark never begins a line
DIGIT = re.compile(r"\d")


def register_names(provider: Provider) -> None:
    """Add a source of place names; called once from an AppConfig."""
    _providers.append(provider)
    forget_names()


def forget_names() -> None:
    """Read the providers again (after the geography tables were loaded)."""
    _names.cache_clear()
    _pattern.cache_clear()
    _keep_together.cache_clear()
    name_pattern.cache_clear()


@functools.cache
def _names() -> str:
    """All place names as one pattern, the longest of several that fit; empty if no app gives any."""
    tree: Tree = {}
    for name in {name for provider in _providers for name in provider()}:
        node = tree
        for letter in name:
            node = node.setdefault(letter, {})
        node[END] = {}
    return _branches(tree)


def _branches(tree: Tree) -> str:
    """Letter by letter: hundreds of whole names, one after another, would all be tried at every letter of a text."""
    found = [re.escape(letter) + _branches(rest) for letter, rest in sorted(tree.items()) if letter != END]
    return f"(?:{'|'.join(found)}){'?' if END in tree else ''}" if found else ""


@functools.cache
def name_pattern() -> re.Pattern[str]:
    """Finds every place name; matches nothing while none is known."""
    return re.compile(_names() or r"(?!)")


@functools.cache
def _pattern(*, with_digits: bool, with_repeats: bool) -> re.Pattern[str]:
    """Most texts hold no digit or no repeat mark: then the patterns for these need not be tried at every letter."""
    alternatives = [*(WITH_DIGITS if with_digits else ()), *([REPEATED] if with_repeats else ())]
    if _names():
        alternatives += [f"{word}{_names()}" for word in BEFORE_NAMES]
        alternatives.append(_names())
    return re.compile("|".join(alternatives) or r"(?!)")


def keep_together(text: object) -> SafeString:
    """The same words stand on every page: their places are found once (see ``_keep_together``)."""
    return _keep_together(str(text))


@functools.lru_cache(maxsize=2000)
def _keep_together(text: str) -> SafeString:
    """Escape ``text`` and wrap names, dates and numbers with units so that a line never breaks inside them."""
    parts: list[str] = []
    end = 0
    pattern = _pattern(with_digits=bool(DIGIT.search(text)), with_repeats="ๆ" in text)
    for match in pattern.finditer(text):
        parts += [escape(text[end : match.start()]), '<span class="nb">', escape(match.group()), "</span>"]
        end = match.end()
    parts.append(escape(text[end:]))
    return SafeString("".join(parts))  # every part is escaped above
