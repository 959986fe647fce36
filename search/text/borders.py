"""Where the words of a text begin and end, one bit for each character. Kept with a text in the index, so that an
excerpt of it is cut and marked without asking the dictionary again."""

from __future__ import annotations

import functools

from search.text.cut import chunks, words_in
from search.text.normalise import fold

PLACES = tuple(tuple(place for place in range(8) if byte & 128 >> place) for byte in range(256))


class Borders:
    """Of a folded text, or of a part of one, which begins ``first`` letters after the first bit."""

    def __init__(self, folded: str, bits: bytes, first: int = 0) -> None:
        self.folded, self.bits, self.first = folded, bits, first

    @classmethod
    def of(cls, text: str) -> Borders:
        folded = fold(text)
        return cls(folded, packed("".join(map(marks, chunks(folded)))))

    def between(self, start: int, end: int) -> list[int]:
        """Between two of them stands a word, or what is between words."""
        end = min(end, len(self.folded))
        byte = (self.first + start) // 8
        bits = self.bits[byte : (self.first + end) // 8 + 1]
        byte_start = byte * 8 - self.first
        places = [byte_start + 8 * i + place for i, eight in enumerate(bits) for place in PLACES[eight]]
        return [place for place in places if start <= place <= end]


@functools.lru_cache(maxsize=5_000)
def marks(chunk: str) -> str:
    """A 1 where a word or what stands between words begins, a 0 for every other character."""
    places = {0, *(place for _word, *span in words_in(chunk) for place in span)}
    return "".join("01"[place in places] for place in range(len(chunk)))


def packed(all_marks: str) -> bytes:
    """With one bit more, where the last word has ended."""
    size = len(all_marks) // 8 + 1
    return int(f"{all_marks}1".ljust(size * 8, "0"), 2).to_bytes(size, "big")
