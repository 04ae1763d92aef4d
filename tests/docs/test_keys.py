"""JSON Schema of sources.yaml: as the code is, what is right passes, what an editor should underline does not."""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from crawler import protocols
from crawler.sources.diagnostics import schema_of
from crawler.sources.options import Options
from crawler.sources.yaml_positions import compose
from crawler.store import Store
from crawler.store.schema import described
from tests.docs import generated
from tests.docs.generated import ROOT, SCHEMA
from tests.docs.keys import schema_text

JSON_SCHEMA: dict[str, Any] = json.loads((ROOT / SCHEMA).read_text("utf-8"))
TYPES = {
    "object": dict, "array": list, "string": str, "integer": int, "number": int | float, "boolean": bool,
    "null": type(None),
}  # fmt: skip


def wrong(value: Any, schema: Mapping[str, Any], place: str = "") -> Iterator[str]:
    """Yield what a value is not that its schema says: as much of JSON Schema as ours needs."""
    if "$ref" in schema:
        yield from wrong(value, JSON_SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], place)
    if reason := _alone(value, schema):
        yield f"{place}: {value!r}: {reason}"
        return
    for each in schema.get("allOf", ()):
        if not any(wrong(value, each["if"], place)):
            yield from wrong(value, each["then"], place)
    if isinstance(value, dict):
        yield from _keys(value, schema, place)
    for number, each in enumerate(value if isinstance(value, list) else ()):
        yield from wrong(each, schema.get("items", {}), f"{place}[{number}]")


def _alone(value: Any, schema: Mapping[str, Any]) -> str:
    stated = schema.get("type", [])
    kinds = stated if isinstance(stated, list) else [stated]
    if kinds and not any(
        isinstance(value, TYPES[kind]) and (type(value) is bool) == (kind == "boolean") for kind in kinds
    ):
        return f"no {stated}"
    if value not in schema.get("enum", [schema.get("const", value)]):
        return "no word"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return "does not match"
    if isinstance(value, int | float) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        return "out of bounds"
    if isinstance(value, list) and len(value) < schema.get("minItems", 0):
        return "too short"
    choices = schema.get("anyOf", ())
    return "nothing of it" if choices and all(any(wrong(value, each)) for each in choices) else ""


def _keys(value: Mapping[str, Any], schema: Mapping[str, Any], place: str) -> Iterator[str]:
    yield from (f"{place}.{key}: missing" for key in schema.get("required", ()) if key not in value)
    for key, each in value.items():
        inner = schema.get("properties", {}).get(key, schema.get("additionalProperties", {}))
        yield from (
            [f"{place}.{key}: unknown"]
            if inner is False
            else wrong(each, {} if inner is True else inner, f"{place}.{key}")
        )


def test_schema_is_as_the_code_is() -> None:
    assert (ROOT / SCHEMA).read_text("utf-8") == schema_text(), "out of date: run make docs"


@pytest.mark.parametrize("file", ["sources.yaml", "data/sample/sources.yaml"])
def test_files_of_ours_pass(file: str) -> None:
    assert list(wrong(compose((ROOT / file).read_text("utf-8"), file).value, JSON_SCHEMA)) == []


def test_the_registry_names_its_schema() -> None:
    assert (ROOT / "sources.yaml").read_text("utf-8").startswith(f"# yaml-language-server: $schema={SCHEMA}\n")


SOURCE = {"id": "a", "publisher": "p", "kind": "news", "protocol": "feed", "url": "https://a.example", "expect": {}}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({}, ""),
        ({"kind": "newz"}, ".sources[0].kind"),
        ({"protocol": "fed"}, ".sources[0].protocol"),
        ({"expect": {"mni": 1}}, ".sources[0].expect.mni"),
        ({"schedul": "1d"}, ".sources[0].schedul"),
        ({"schedule": "dayly"}, ".sources[0].schedule"),
        ({"url": "a.example"}, ".sources[0].url"),
        ({"enabled": False}, ".sources[0].reason"),
        ({"audit": 2}, ".sources[0].audit"),
        ({"gone": {"over": "soon"}}, ".sources[0].gone.over"),
        ({"options": {"pages": 0}}, ".sources[0].options.pages"),
        ({"options": {"entry": "li"}}, ".sources[0].options.entry"),
        ({"protocol": "listing"}, ".sources[0].options"),
        ({"protocol": "listing", "options": {"entry": "li"}}, ""),
    ],
)
def test_what_an_editor_underlines(change: dict[str, Any], place: str) -> None:
    publishers = {"p": {"name": "P", "jurisdiction": "uk"}}
    found = list(wrong({"publishers": publishers, "sources": [SOURCE | change]}, JSON_SCHEMA))
    assert [line.partition(":")[0] for line in found] == [place] * bool(place), found


@pytest.mark.parametrize("model", protocols.OPTIONS.values(), ids=protocols.OPTIONS)
def test_every_option_is_described(model: type[Options]) -> None:
    schema = schema_of(model)
    assert schema["description"] and all(each.get("description") for each in schema["properties"].values())


@pytest.mark.parametrize("name", generated.PARTS)
def test_documentation_is_as_the_code_is(name: str) -> None:
    file, make = generated.PARTS[name]
    assert generated.written(name).strip() == make().strip(), f"{file} is out of date: run make docs"


def test_every_table_and_column_of_a_database_is_described(tmp_path: Path) -> None:
    with Store.open(tmp_path / "roundup.db"):
        pass
    connection = sqlite3.connect(tmp_path / "roundup.db")
    tables = {
        name: [row[1] for row in connection.execute(f"pragma table_info({name})")]
        for (name,) in connection.execute("select name from sqlite_master where type='table'").fetchall()
        if "_fts" not in name and not name.startswith(("sqlite_", "_sqlite_"))
    }
    connection.close()
    assert {table.name: list(table.columns) for table in described()} == tables


def test_every_kind_of_evidence_is_told() -> None:
    from typing import get_args

    from crawler.sources.values import Evidence

    assert set(generated.EVIDENCE) == set(get_args(Evidence))
