"""The closed lists of the toolkit, each value with its name for readers: vocabulary.yaml."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crawler.sources.vocabulary import AIMED_AT, JURISDICTIONS
from crawler.sources.yaml_positions import read_table

PARTS = ("training", "governance", "resources")
"""Parts of the toolkit that are lists of documents."""

ROUND_UP = "round-up"
"""The part of the toolkit with law, guidance, reports and proposals: its documents stand on shelves, by kind."""

SHELVES: Mapping[str, tuple[str, ...]] = {
    "law": ("legislation", "act", "asp", "si", "regulation", "directive", "decision", "treaty"),
    "guidance": ("statutory_guidance", "guidance", "manual"),
    "reports": ("report", "research", "statistics", "policy_paper"),
    "proposals": ("bill", "draft_si", "consultation"),
}
"""The shelves of the library, each with the kinds of its documents."""

MEMBER = "part"
"""The field that says why a document belongs to a part."""

OTHER = "other"
"""Stands for what a page states in words that are none of a closed list: the words themselves are what is shown."""

IN_OTHER_WORDS = frozenset({"audience", "level", "form", "cost", "certificate"})
"""Fields of training that can be stated in such words."""

_TABLE: Any = read_table(Path(__file__).with_name("vocabulary.yaml"))
EDITABLE: Mapping[str, str] = _TABLE["editable"]
"""Kinds of files that can be edited."""
ADAPT: Mapping[str, str] = _TABLE["adapt"]
"""Whether the licence of its publisher lets others adapt a document."""

THEMES: Mapping[str, Mapping[str, str]] = {
    part: {id: theme["name"] for id, theme in themes.items()} for part, themes in _TABLE["themes"].items()
}
"""Under what the editors of a library for partnerships put a document."""
INTRODUCTIONS: Mapping[str, str] = {
    id: theme["line"] for themes in _TABLE["themes"].values() for id, theme in themes.items()
}
"""Each theme, introduced in one line of ours."""

NATIONS = {name: name for name in JURISDICTIONS}

CLOSED: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "training": {
        "theme": THEMES["training"],
        "audience": AIMED_AT,
        "level": _TABLE["levels"],
        "form": _TABLE["training_forms"],
        "cost": _TABLE["costs"],
        "certificate": _TABLE["certificates"],
        "nation": NATIONS,
    },
    "governance": {"theme": THEMES["governance"], "form": _TABLE["governance_forms"], "file": EDITABLE, "adapt": ADAPT},
    "resources": {"theme": THEMES["resources"], "use": _TABLE["uses"], "form": _TABLE["resource_forms"]},
    **{part: {"theme": THEMES[ROUND_UP]} for part in (ROUND_UP, *SHELVES)},
}
"""The fields of each part whose values are of a closed list."""

OPEN: Mapping[str, tuple[str, ...]] = {
    "training": ("provider", "length", "law", "guidance"),
    "governance": ("partnership", "area", "provision", "law", "guidance"),
    **dict.fromkeys(("resources", ROUND_UP, *SHELVES), ("law", "guidance")),
}
"""The fields of each part whose values are words of the page, or ids of law."""
