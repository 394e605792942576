"""Finds many phrases at once in a row of words: Aho and Corasick's automaton, over words instead of letters.

Aho, Corasick: Efficient string matching, CACM 18(6), 1975. Cost: linear in the words, whatever the number of phrases.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Automaton:
    """Phrases, each with a number whose bits are the caller's."""

    def __init__(self, phrases: Iterable[tuple[tuple[str, ...], int]]) -> None:
        self._next: list[dict[str, int]] = [{}]
        self._found: list[tuple[tuple[int, int], ...]] = [()]
        self._fail: list[int] = [0]
        bits: dict[int, int] = {}
        depth: dict[int, int] = {}
        for words, value in phrases:
            node = self._add(words)
            bits[node] = bits.get(node, 0) | value
            depth[node] = len(words)
        for node, value in bits.items():
            self._found[node] = ((depth[node], value),)
        self._link()

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """Yield (start, length, bits) of every phrase in *words*, overlapping ones too."""
        node = 0
        step, fail, found = self._next, self._fail, self._found
        for index, word in enumerate(words):
            while node and word not in step[node]:
                node = fail[node]
            node = step[node].get(word, 0)
            for length, bits in found[node]:
                yield index - length + 1, length, bits

    def _add(self, words: tuple[str, ...]) -> int:
        node = 0
        for word in words:
            following = self._next[node].get(word)
            if following is None:
                following = len(self._next)
                self._next[node][word] = following
                self._next.append({})
                self._found.append(())
                self._fail.append(0)
            node = following
        return node

    def _link(self) -> None:
        queue = deque(self._next[0].values())
        while queue:
            node = queue.popleft()
            for word, child in self._next[node].items():
                queue.append(child)
                fallback = self._fail[node]
                while fallback and word not in self._next[fallback]:
                    fallback = self._fail[fallback]
                self._fail[child] = self._next[fallback].get(word, 0)
                self._found[child] += self._found[self._fail[child]]
