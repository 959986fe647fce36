"""Did you mean: a chunk between spaces that the index does not know is compared with the dictionary.

A typing error shatters the cut (ยุ|ทศา|สตร์), so the whole chunk is compared before cutting (search.md, 5). A
suggestion must be a word that documents really hold.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence

from search.engines.base import Ask, Candidate, Reader
from search.literal import text_of
from search.text import canonical, fold, tokens
from search.text.analyse import stem, stop_words
from search.text.cut import dictionary

SHORTEST, LONGEST = 3, 40
BITS = 60  # numbers up to there are the quickest; two letters that share a bit only rule out less
MOST_CHECKED = 30
MOST_READ = 20  # documents that may hold a chunk as it was typed
SHORTEST_WORD = 2
PLACE_SIGN = re.compile(r"[จอตมถซ]\.(?![ก-ฮ]{1,3}\.)")  # จ. province to ซ. lane, but not จ.ส.ต., a rank


LATIN = re.compile("[a-z]{4,}")  # nearly every shorter word is one letter from another
SHORT = 2  # chunks: in a whole English sentence a word that no text holds is mostly right

Public = Callable[[Sequence[Candidate]], Collection[str]]
Shelf = dict[str, list[tuple[int, str]]]


@functools.cache
def _shelves() -> tuple[dict[int, Shelf], Counter[str]]:
    """Words by length and by each letter, and how many words have a letter. With each word the set of its letters as
    bits: most are ruled out by one comparison."""
    shelves: dict[int, Shelf] = defaultdict(lambda: defaultdict(list))
    frequency: Counter[str] = Counter()
    for word in dictionary():
        if SHORTEST <= len(word) <= LONGEST:
            entry = (letters(word), word)
            for letter in set(word):
                shelves[len(word)][letter].append(entry)
                frequency[letter] += 1
    return shelves, frequency


def letters(word: str) -> int:
    bits = 0
    for character in word:
        bits |= 1 << (ord(character) % BITS)
    return bits


def allowed_errors(word: str) -> int:
    return 1 if len(word) < 6 else 2


def distance(a: str, b: str, limit: int) -> int:
    """Optimal string alignment: insert, delete, replace or swap neighbours; more than ``limit`` is limit + 1."""
    previous: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, previous, row = previous, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def near_words(word: str) -> list[tuple[int, str]]:
    """Dictionary words within the allowed errors, the nearest first.

    An error takes away one letter at most: of any ``limit + 1`` letters, here the rarest, at least one is left.
    """
    limit, bits = allowed_errors(word), letters(word)
    shelves, frequency = _shelves()
    rarest = sorted(set(word), key=lambda letter: (frequency[letter], letter))[: limit + 1]
    near = {
        other
        for length in range(len(word) - limit, len(word) + limit + 1)
        for letter in rarest
        for other_bits, other in shelves.get(length, {}).get(letter, ())
        if (bits ^ other_bits).bit_count() <= 2 * limit
    }
    found = [(d, other) for other in near if (d := distance(word, other, limit)) <= limit]
    return sorted(found)[:MOST_CHECKED]


def correction(text: str, engine: Reader, unknown: Collection[str] = (), public: Public | None = None) -> str:
    """The text with unknown chunks replaced, or "" when nothing needs it or nothing is near. Dictionary words are known
    mostly, and asking costs: when an engine has told which are ``unknown``, these alone are looked at, as all the
    others were before. English ones are compared with the words of texts, so ``public`` says of which of these anyone
    may read at this moment."""
    chunks = canonical(text).split()
    fixed = [
        before + _fixed_chunk(rest, engine, unknown, public, len(chunks) <= SHORT)
        for before, rest in map(_after_place, chunks)
    ]
    return " ".join(fixed) if fixed != chunks else ""


def _after_place(chunk: str) -> tuple[str, str]:
    """``จ.นครสวรรค์``: the sign before the name of a place is no shard of a word."""
    before = PLACE_SIGN.match(chunk)
    at = before.end() if before else 0
    return chunk[:at], chunk[at:]


def _fixed_chunk(
    chunk: str, engine: Reader, unknown: Collection[str], public: Public | None, is_short: bool
) -> str:
    folded = fold(chunk)
    if not SHORTEST <= len(folded) <= LONGEST:
        return chunk
    if not _may_be_mistake(folded, engine, unknown):
        return chunk
    if LATIN.fullmatch(folded):
        return (is_short and _near_in_texts(folded, engine, public)) or chunk
    near = near_words(folded)
    frequency = engine.frequencies([stem(word) for _, word in near]) if near else {}
    held = [(d, -frequency[stem(word)], word) for d, word in near if frequency[stem(word)]]
    return min(held)[2] if held else chunk


def _may_be_mistake(folded: str, engine: Reader, unknown: Collection[str]) -> bool:
    is_word = folded in dictionary()
    if unknown:  # of what is no word it was asked before
        return is_word and folded in unknown
    return not is_word and _is_unknown(folded, engine)


def _near_in_texts(folded: str, engine: Reader, public: Public | None) -> str:
    """The dictionary has no English words; the closest documents have. With one error first: where two are allowed,
    other words may fill the few texts that are read."""
    for errors in range(1, allowed_errors(folded) + 1):
        if word := _near_by(folded, errors, engine, public):
            return word
    return ""


def _near_by(folded: str, errors: int, engine: Reader, public: Public | None) -> str:
    found = engine.search(Ask({}, near=stem(folded), errors=errors, limit=MOST_READ)).candidates
    readable = public(found) if public else {c.key for c in found}
    held: Counter[str] = Counter()
    for candidate in found:
        if candidate.key in readable:
            held.update(set(LATIN.findall(text_of(candidate.document))))
    near = [(d, -n, word) for word, n in held.items() if (d := distance(folded, word, errors)) <= errors]
    return min(near)[2] if near else ""


def _is_unknown(folded: str, engine: Reader) -> bool:
    """Some word of it stands in no document, or it fell to pieces and no document holds it as it was typed.

    Numbers and stop words are never mistakes.
    """
    found = [t.text for t in tokens(folded) if t.text not in stop_words() and not t.text.isdigit()]
    words = list(dict.fromkeys(stem(word) for word in found))
    if not words:
        return False
    if not all(engine.frequencies(words).values()):
        return True
    return _is_shattered(folded) and not _stands(folded, words, engine)


def _is_shattered(folded: str) -> bool:
    """ศิ|ละ|ปะ: pieces that are rarely words of their own, though other texts hold them."""
    pieces = tokens(folded)
    return len(pieces) > 1 and any(len(t.text) <= SHORTEST_WORD or t.text not in dictionary() for t in pieces)


def _stands(folded: str, words: list[str], engine: Reader) -> bool:
    ask = Ask(
        dict.fromkeys(words, 1.0),
        required=tuple(((word,),) for word in words),
        limit=MOST_READ,
    )
    found = engine.search(ask).candidates
    return any(folded in text_of(c.document) for c in found)
