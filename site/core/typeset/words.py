"""Text of people made safe and pretty for typst: cleaned, kept together, cut into Thai words.

The dictionary belongs to the search app; it hands its ``cut`` over at start (core knows no app). Without one the
words stay uncut and typst breaks lines by its own model, which may split names.
"""

from __future__ import annotations

import functools
import re
import struct
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fontpkg_sarabun

from core import names
from core.text import clean_text
from core.thaidate import MONTHS, SHORT_MONTHS

FONTS = Path(fontpkg_sarabun.__file__).parent / "files"
ZERO_WIDTH_SPACE = "\u200b"
NO_BREAK_SPACE = "\u00a0"
LONGEST_FOREIGN_WORD = 30
FOREIGN_PIECE = 6
NOT_TEXT = ("Cc", "Cf", "Co", "Cs", "Cn")

# Keys whose text is for machines, or must keep its own digits: passed through untouched (style.typ knows them too).
RAW = frozenset(
    [
        "url",
        "short_url",
        "qr",
        "page_qr",
        "slip_qr",
        "svg",
        "emblem_svg",
        "code",
        "receipt",
        "edit_code",
        "email",
        "sheet",
        "field",
        "fields",
        "values",
        "sector_values",
        "digits",
        "kind",
        "type",
        "state",
        "stance",
        "variant",
    ]
)

UNITS = [
    "ไร่",
    "คน",
    "ครัวเรือน",
    "บาท",
    "ล้าน",
    "วัน",
    "เดือน",
    "ปี",
    "กิโลเมตร",
    "เมตร",
    "กม.",
    "ตัน",
    "แห่ง",
    "จุด",
    "ครั้ง",
    "ข้อ",
    "แปลง",
    "น.",
    "ประเด็น",
    "ความเห็น",
    "ลบ.ม.",
    "ลูกบาศก์เมตร",
    "หมุด",
    "เรื่อง",
    "สัปดาห์",
    "ชั่วโมง",
    "นาที",
    "ฉบับ",
    "หน้า",
    "ราย",
    "โครงการ",
    "ตัว",
    "เวที",
    "เสียง",
    "สาย",
    "คัน",
    "เที่ยว",
]
LEADS = [
    "ข้อ",
    "หมู่",
    "ครั้งที่",
    "ที่",
    "ฉบับที่",
    "พ.ศ.",
    "เวลา",
    "โทร",
    "โทร.",
    "ชั้น",
    "มาตรา",
    "ปี",
    "หน้า",
    "เลขที่",
    "ประเด็นที่",
    "ขั้นที่",
    "ร้อยละ",
    "ไม่เกิน",
    "อายุ",
    "ราว",
    "รวม",
    "ตอนล่าง",
    "ตอนบน",
]
# The longest first, so that "ล้าน" does not win where "ล้านบาท" stands.
_months = "|".join(map(re.escape, [*MONTHS, *SHORT_MONTHS]))
_units = "|".join(map(re.escape, sorted(UNITS, key=len, reverse=True)))
_leads = "|".join(map(re.escape, sorted(LEADS, key=len, reverse=True)))
TOGETHER = (
    (re.compile(rf"(\d) ({_months})(?: (พ\.ศ\.))?(?: (\d{{4}}))?"), None),
    (re.compile(rf"(\d) (?=(?:{_units}))"), rf"\1{NO_BREAK_SPACE}"),
    (re.compile(rf"({_leads}) (?=\d)"), rf"\1{NO_BREAK_SPACE}"),
    (re.compile(r"(?<=\d) (?=\d{3,4}\b)"), NO_BREAK_SPACE),  # a telephone number
    (re.compile(r" (?=[ๆฯ])"), NO_BREAK_SPACE),
)

THAI = re.compile("[ก-๛]")
ABBREVIATION = re.compile(r"(?:[ก-ฮ]{1,3}\.)+")
# May not begin a line: vowels after their letter, marks, signs that close.
TAIL = re.compile("[ะ-ฺๅ-๎)\\]}”’\"'?!,.:;…%ฯ/–|-]")
# May not end a line: vowels before their letter, signs that open, and words that belong to the next one.
HEAD = re.compile("[([{“‘เแโใไ–-]$")
BOUND = frozenset(
    [
        "การ",
        "ความ",
        "ผู้",
        "นัก",
        "ไม่",
        "ชาว",
        "ราย",
        "แต่ละ",
        "ทุก",
        "ตำบล",
        "อำเภอ",
        "จังหวัด",
        "คำ",
        "เครื่อง",
    ]  # spellchecker:disable-line
)

Cutter = Callable[[str], list[str]]
_cutter: list[Cutter] = []


def register_cutter(cut: Cutter) -> None:
    """Say how Thai is cut into words; called once from an AppConfig. Joined, the words must be the text."""
    _cutter[:] = [cut]


def split_words(text: str) -> list[str]:
    """The words of a text as the dictionary knows them; joined they are the text."""
    return _cutter[0](text) if _cutter else [text]


@functools.cache
def drawable() -> frozenset[int]:
    """Code points that Sarabun can draw, from the table ``cmap`` (format 4) of its file."""
    data = (FONTS / "Sarabun-Regular.ttf").read_bytes()
    tables = {
        data[at : at + 4]: struct.unpack(">I", data[at + 8 : at + 12])[0]
        for at in range(12, 12 + 16 * struct.unpack(">H", data[4:6])[0], 16)
    }
    cmap = tables[b"cmap"]
    for at in range(cmap + 4, cmap + 4 + 8 * struct.unpack(">H", data[cmap + 2 : cmap + 4])[0], 8):
        start = cmap + struct.unpack(">I", data[at + 4 : at + 8])[0]
        if struct.unpack(">H", data[start : start + 2])[0] == 4:
            count = struct.unpack(">H", data[start + 6 : start + 8])[0] // 2
            ends = struct.unpack(f">{count}H", data[start + 14 : start + 14 + 2 * count])
            starts = struct.unpack(f">{count}H", data[start + 16 + 2 * count : start + 16 + 4 * count])
            return frozenset(
                c for s, e in zip(starts, ends, strict=True) for c in range(s, e + 1) if c < 0xFFFF
            )
    raise ValueError("The font has no character table that we can read.")


def clean(text: str) -> str:
    """What the font cannot draw becomes ``[U+1F600]``: one such character would stop a whole PDF/UA export."""
    out: list[str] = []
    for char in clean_text(text):
        code, category = ord(char), unicodedata.category(char)
        if char in "\n\t":
            out.append(char)
        elif char in "\u2028\u2029":
            out.append("\n")
        elif category in NOT_TEXT or 0xFE00 <= code <= 0xFE0F:
            continue
        elif category == "Zs":
            out.append(" ")
        else:
            out.append(char if code in drawable() else f"[U+{code:04X}]")
    return "".join(out)


def keep(text: str) -> str:
    """Dates, numbers with their unit, "ข้อ 7" and the repeat mark do not break."""
    for pattern, replacement in TOGETHER:
        if replacement is None:
            text = pattern.sub(lambda m: NO_BREAK_SPACE.join(part for part in m.groups() if part), text)
        else:
            text = pattern.sub(replacement, text)
    return text


def cut(text: str) -> str:
    """U+200B between the words of each run without spaces; style.typ boxes each word and drops the mark."""
    return "".join(
        run if not run.strip() else ZERO_WIDTH_SPACE.join(_pieces(run))
        for run in re.split(r"([ \n\t]+)", text)
        if run
    )


def _pieces(run: str) -> list[str]:
    """What may be parted at a line end. A last empty piece marks a run that stays whole."""
    if not THAI.search(run):
        if len(run) > LONGEST_FOREIGN_WORD:
            return [run[i : i + FOREIGN_PIECE] for i in range(0, len(run), FOREIGN_PIECE)]
        return [run, ""] if re.search(r"\d[–-]\d", run) or NO_BREAK_SPACE in run else [run]
    if not _cutter:
        return [run]
    joined: list[str] = []
    bound = False
    for word in _whole_names(run):
        if joined and (bound or _sticks(joined[-1], word)):
            joined[-1] += word
        else:
            joined.append(word)
        bound = word in BOUND or bool(HEAD.search(word)) or bool(ABBREVIATION.fullmatch(joined[-1]))
    pieces = [piece for word in joined for piece in _short_enough(word)]
    return pieces if len(pieces) > 1 else [run, ""]


def _sticks(before: str, word: str) -> bool:
    return (
        bool(TAIL.match(word))
        or word == "ๆ"
        or word[0] == NO_BREAK_SPACE
        or before[-1] == NO_BREAK_SPACE
        or (word[0].isascii() and before[-1].isascii())
        or (len(word) == 1 and bool(THAI.match(word)))
    )


def _whole_names(run: str) -> Iterator[str]:
    """The words of a run; those that a place name touches are one."""
    spans = [match.span() for match in names.name_pattern().finditer(run)]
    word, at = "", 0
    for part in _cutter[0](run):
        word += part
        at += len(part)
        if not any(start < at < end for start, end in spans):
            yield word
            word = ""
    if word:
        yield word


def _short_enough(word: str) -> list[str]:
    if len(word) <= LONGEST_FOREIGN_WORD or THAI.search(word):
        return [word]
    return [word[i : i + FOREIGN_PIECE] for i in range(0, len(word), FOREIGN_PIECE)]


def prepare(value: Any, key: str = "") -> Any:
    """A JSON-like value with every text in it cleaned and cut."""
    if isinstance(value, str):
        return value if key in RAW else cut(keep(clean(value)))
    if isinstance(value, list):
        return [prepare(item, key) for item in value]
    if isinstance(value, dict):
        return {name: prepare(item, name) for name, item in value.items()}
    return value
