"""Where the words of a text begin and end, one bit for each character. Kept with a text in the index, so that an
excerpt of it is cut and marked without asking the dictionary again."""

from __future__ import annotations

import functools
from itertools import compress

from search.text.cut import chunks, words_in
from search.text.normalise import fold

# The bits of each byte.
EIGHT = tuple(bytes(byte >> place & 1 for place in reversed(range(8))) for byte in range(256))


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
        first, last = self.first + start, self.first + end
        bits = b"".join([EIGHT[byte] for byte in self.bits[first // 8 : last // 8 + 1]])
        return list(compress(range(start, end + 1), bits[first % 8 :]))


@functools.lru_cache(maxsize=5_000)
def marks(chunk: str) -> str:
    """A 1 where a word or what stands between words begins, a 0 for every other character."""
    places = {0, *(place for _word, *span in words_in(chunk) for place in span)}
    return "".join("01"[place in places] for place in range(len(chunk)))


def packed(all_marks: str) -> bytes:
    """With one bit more, where the last word has ended."""
    size = len(all_marks) // 8 + 1
    return int(f"{all_marks}1".ljust(size * 8, "0"), 2).to_bytes(size, "big")
