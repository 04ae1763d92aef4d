"""Which of the laws that a text names has a provision about what is said beside its number. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_STEM = 5
_WORD = re.compile(
    r"\b(?!(?:about|accor|after|again|also|amend|anoth|apply|artic|autho|befor|being|carri|conse|cover|curre|direct|europ|every"
    r"|force|from|furth|given|gover|have|infor|inter|into|legal|made|make|matte|membe|memor|must|natio|only|other|parag|parti"
    r"|perso|provi|purpo|read|regul|relat|requi|rules|same|sched|secre|secti|shall|shoul|speci|state[ds]?\b|such|suppl|taken|that"
    r"|their|them|there|these|they|thing|this|those|under|union|using|vario|when|where|which|with|would|your))[a-z]{4,}"
)
"""Words that may say what a text is about, known by how they begin."""
_END = re.compile(r"[.?!]\s|\n")
_LINE = re.compile(r"\n")
MAX_AROUND = 240
"""Characters on each side of a provision that may be of its sentence."""
MIN_COMMON, SHARE_COMMON = 4, 6
"""A word that stands in so many provisions of a law, and one in so many of them, tells none from another."""


def stems(text: str) -> set[str]:
    """Return the beginnings of the words of a text that may say what it is about.

    >>> sorted(stems("The duty to notify the Secretary of State; notification under this Act"))
    ['duty', 'notif']
    """
    return {word[:_STEM] for word in _WORD.findall(text.lower())}


def around_it(text: str, start: int, end: int, *, is_line: bool = False) -> str:
    """Return the words of the sentence around a place, or of the line, without what stands there.

    Where it begins a line, those of the line above are with it: its heading.
    """
    before, stop = text[max(0, start - MAX_AROUND) : start], _LINE if is_line else _END
    *_, above, begins = 0, 0, *(match.end() for match in stop.finditer(before))
    begins = begins if before[begins:].strip(" -*\u2022|") or "\n" not in before[:begins][-1:] else above
    ends = stop.search(text, end, end + MAX_AROUND)
    return f"{before[begins:]} {text[end : ends.start() if ends else end + MAX_AROUND]}"


@dataclass(slots=True, kw_only=True)
class Topics:
    """What provisions of laws are about: ``words`` by law and by path of a provision, as ``section-52``."""

    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    _stems: dict[str, tuple[Mapping[str, set[str]], set[str]]] = field(default_factory=dict)

    def has(self, law: str, path: str) -> bool | None:
        """Return whether a law has a provision; None where not all of its provisions are known."""
        known = self.words.get(law, {})
        return path.lower() in known or (False if "" in known else None)

    def about(self, laws: Iterable[str], path: str, said: str) -> tuple[str, int]:
        """Return the one law of which a provision is about what is said, and how many words tell so; empty for none."""
        every = {law: self._of(law) for law in laws}
        told = stems(said).difference(*(common for _, common in every.values()))
        found = sorted(((len(told & of.get(path.lower(), set())), law) for law, (of, _) in every.items()), reverse=True)
        if not found or not found[0][0] or (len(found) > 1 and found[1][0] == found[0][0]):
            return "", 0
        return found[0][1], found[0][0]

    def _of(self, law: str) -> tuple[Mapping[str, set[str]], set[str]]:
        """Return what provisions of a law are about, and what so many of them are that it tells none from another."""
        if law not in self._stems:
            every = {path: stems(words) for path, words in self.words.get(law, {}).items()}
            counts = Counter(stem for found in every.values() for stem in found)
            most = max(MIN_COMMON, len(every) // SHARE_COMMON)
            self._stems[law] = every, {stem for stem, count in counts.items() if count > most}
        return self._stems[law]
