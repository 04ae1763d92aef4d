"""The keys of sources.yaml and decisions.yaml, made from the dataclasses that read them: JSON Schema, and a page."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from crawler import protocols
from crawler.sources import Decisions, vocabulary
from crawler.sources.diagnostics import schema_of
from crawler.sources.rules import sources_schema

LONG = 8
"""More words than these are listed once, under "Words", or not at all."""
NAMED = {
    "publisher": "id",
    "url": "address",
    "sources": "list of id",
    "documents": "list of document id",
    "title": "CSS selector",
}
"""Types that the name of a key says."""
NESTED = {
    "Expect": "expect", "Gone": "gone", "Follow": "follow", "Backfill": "backfill", "Judgment": "list of judgments",
    "KeptByHand": "list of by_hand", "CopyElsewhere": "copies",
}  # fmt: skip
"""Parts of the page that are the values of a key."""
WORDS = {
    "Jurisdictions, beside the states of Europe by name": (
        *(each for each in vocabulary.JURISDICTIONS if each not in vocabulary.STATES.values()),
        *vocabulary.JURISDICTION_SHORT,
    ),
}


def schema_text() -> str:
    """Return the text of sources.schema.json."""
    return json.dumps(sources_schema(protocols.OPTIONS), indent=1, ensure_ascii=False) + "\n"


def keys() -> str:
    """Return every key, a line each: type, default and meaning."""
    schema = sources_schema(protocols.OPTIONS)
    models = schema["$defs"]
    parts = []
    for block, node in schema["properties"].items():
        model = models[_ref(node.get("items") or node.get("additionalProperties") or node)]
        parts.append(f"## {block}\n\n{_model(model)}")
        parts += [f"### {NESTED[name]}\n\n{_model(models[name])}" for name in _inner(model) if name in NESTED]
        if block == "sources":
            parts += _options(models)
    words = "".join(f"- {name}: {', '.join(f'`{word}`' for word in each)}.\n" for name, each in WORDS.items())
    parts.append(
        f"## Words\n\nKinds and topics: [facets](feeds.md#facets). Jurisdictions may be written in any case.\n\n{words}"
    )
    decisions = schema_of(Decisions)
    parts.append(f"## decisions.yaml\n\n{_model(decisions)}")
    for name, model in (("redact", "Redaction"), ("reports", "Report")):
        parts.append(f"### {name}\n\n{_model(decisions['$defs'][model])}")
    return "\n".join(parts)


def _options(models: Mapping[str, Any]) -> Iterator[str]:
    """Yield the options of each protocol; what several describe alike is said once."""
    count = Counter(line for name in protocols.OPTIONS for line in _keys(models[name]))
    shared = {line for line in count if count[line] > 1}
    yield f"### options\n\nOf several protocols:\n\n{''.join(sorted(shared))}"
    for name in protocols.OPTIONS:
        known = ", ".join(line.split()[1] for line in _keys(models[name]) if line in shared)
        also = f" Also {known}." if known else ""
        own = "".join(line for line in _keys(models[name]) if line not in shared)
        yield f"### {name}\n\n{_text(models[name])}{also}\n\n{own}".rstrip() + "\n"


def _model(model: Mapping[str, Any]) -> str:
    return f"{_text(model)}\n\n{''.join(_keys(model))}"


def _text(model: Mapping[str, Any]) -> str:
    return " ".join(model["description"].split())


def _keys(model: Mapping[str, Any]) -> list[str]:
    return [_key(name, node, name in model.get("required", ())) for name, node in model["properties"].items()]


def _key(name: str, node: Mapping[str, Any], is_required: bool) -> str:
    default = node.get("default")
    value = next((each for each in node.get("anyOf", ()) if each.get("type") not in (None, "null")), node)
    is_told = default == ["en"] or (isinstance(default, str | int | float) and bool(default) and "enum" not in value)
    stated = (
        default[0] if isinstance(default, list) and default else str(default).lower() if default is True else default
    )
    kind = f"`{stated}`" if is_told else _type(value, default)
    said = f" ({kind})" if kind not in ("", name.removesuffix("s"), NAMED.get(name, "")) else ""
    return f"- {f'**`{name}`**' if is_required else f'`{name}`'}{said}: {node.get('description', '')}\n"


def _type(node: Mapping[str, Any], default: object = None) -> str:
    """Return what a value is, the empty text where it is text; of few words the default stands first."""
    if len(node.get("enum", range(LONG + 1))) <= LONG:
        return ", ".join(f"`{word}`" for word in sorted(node["enum"], key=lambda word: word != default))
    if "title" in node:
        return str(node["title"])
    if node.get("type") == "array":
        return f"list of {inner}" if (inner := _type(node["items"])) else "list"
    names = {"boolean": "flag", "object": "mapping", "integer": "number", "number": "number"}
    return names.get(str(node.get("type")), "")


def _inner(model: Mapping[str, Any]) -> Iterator[str]:
    for node in model["properties"].values():
        for each in (node.get("items") or node, *node.get("anyOf", ())):
            if name := _ref(each):
                yield name


def _ref(node: Mapping[str, Any]) -> str:
    return str(node.get("$ref", "")).rpartition("/")[2]
