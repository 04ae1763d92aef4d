"""JSON Schema of sources.yaml, for editors and documentation: every key with its type, meaning and default."""

from __future__ import annotations

import copy
from typing import Any

from crawler.sources.diagnostics import schema_of
from crawler.sources.rules import Protocols
from crawler.sources.values import SourcesFile


def sources_schema(protocols: Protocols) -> dict[str, Any]:
    """Return the JSON Schema of sources.yaml, in which the protocol of a source says what its options are.

    Rules over several keys are no part of it: ``roundup check`` knows them.
    """
    schema = copy.deepcopy(dict(schema_of(SourcesFile)))
    source = schema["$defs"]["Source"]
    source["properties"]["protocol"]["enum"] = list(protocols)
    source["allOf"] = []
    for name, model in protocols.items():
        options = copy.deepcopy(dict(schema_of(model)))
        schema["$defs"][name] = options | {"title": f"options of {name}"}
        then = {"properties": {"options": {"$ref": f"#/$defs/{name}"}}}
        required = {"required": ["options"]} if options.get("required") else {}
        is_it = {"properties": {"protocol": {"const": name}}, "required": ["protocol"]}
        source["allOf"].append({"if": is_it, "then": then | required})
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
