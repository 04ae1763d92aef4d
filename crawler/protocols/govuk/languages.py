"""The language of an attached file: as the Content API states it, else as its title or name says, else its page's.

Names are those that GOV.UK gives its translations (https://www.gov.uk/guidance/content-design/translations): a file is
called "Referral form (Welsh)", or ends in ``-welsh.pdf``. "Welsh Government response" and "welsh-language-scheme" are
English.
"""

from __future__ import annotations

import re

from crawler.text import clean, slug

_NAMES = {
    "albanian": "sq", "amharic": "am", "arabic": "ar", "bengali": "bn", "bulgarian": "bg", "cantonese": "zh-hk",
    "chinese": "zh", "croatian": "hr", "czech": "cs", "dari": "prs", "dutch": "nl", "english": "en", "estonian": "et",
    "farsi": "fa", "french": "fr", "german": "de", "greek": "el", "gujarati": "gu", "hindi": "hi", "hungarian": "hu",
    "igbo": "ig", "indonesian": "id", "irish": "ga", "italian": "it", "kurdish": "ku", "latvian": "lv",
    "lithuanian": "lt", "mandarin": "zh", "nepali": "ne", "pashto": "ps", "persian": "fa", "polish": "pl",
    "portuguese": "pt", "punjabi": "pa", "romanian": "ro", "russian": "ru", "slovak": "sk", "somali": "so",
    "spanish": "es", "swahili": "sw", "tagalog": "tl", "tamil": "ta", "thai": "th", "tigrinya": "ti", "turkish": "tr",
    "ukrainian": "uk", "urdu": "ur", "vietnamese": "vi", "welsh": "cy", "cymraeg": "cy", "gymraeg": "cy",
    "yoruba": "yo",
}  # fmt: skip
_SHORT = frozenset({"cy", "cym"})
"""Codes at the end of a file name; any other two letters may be anything."""
_BEHIND = frozenset({"version", "translation", "ver", "v", "final", "web", "accessible", "print"})
"""What may stand behind the language in a file name, beside numbers."""
_LOCALE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
_ENDING = r"(?P<name>[^\W\d_]+)(?: (?:language )?(?:version|translation))?"
_IN_BRACKETS = re.compile(rf"[(\[](?:in )?{_ENDING}[)\]]$")
_BEHIND_A_DASH = re.compile(rf" [\u2013\u2014-] {_ENDING}$")
_CALLED = re.compile(r"(?:^| )(?P<name>[^\W\d_]+) (?:language )?(?:version|translation)$")
_IN = re.compile(r" in (?P<name>[^\W\d_]+)$")
_MAX_LANGUAGE_CHARACTERS = 60
"""Most characters at the end of a title that may name its language."""


def locale(text: str) -> str | None:
    """Return a language as GOV.UK writes it (``cy``, ``zh-hk``), None where the text is none."""
    return text.lower() if _LOCALE.fullmatch(text) else None


def told(title: str, filename: str) -> str:
    """Return the language that the title or the name of a file says it is in, empty where neither does.

    >>> told("Referral form (Welsh)", "a.pdf"), told("Form", "form-welsh-v2.pdf"), told("Form \u2013 Cymraeg", "a.pdf")
    ('cy', 'cy', 'cy')
    >>> told("Welsh Government response", "welsh-language-scheme.pdf"), told("Offences (Wales)", "form-fr.pdf")
    ('', '')
    """
    words = clean(title).casefold()[-_MAX_LANGUAGE_CHARACTERS:]
    for pattern in (_IN_BRACKETS, _BEHIND_A_DASH, _CALLED, _IN):
        found = pattern.search(words)
        if found and found["name"] in _NAMES:
            return _NAMES[found["name"]]
    parts = slug((filename.rpartition(".")[0] or filename)[-_MAX_LANGUAGE_CHARACTERS:]).split("-")
    while len(parts) > 1 and (parts[-1] in _BEHIND or parts[-1].removeprefix("v").isdigit()):
        parts.pop()
    return _NAMES.get(parts[-1], "cy" if parts[-1] in _SHORT else "")
