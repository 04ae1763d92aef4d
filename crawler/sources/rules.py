"""What sources.yaml must fulfil beyond the shape of each value: rules over several keys or blocks; its JSON Schema.

They look at the values as they stand in the file, so that they also speak where another key is wrong.
"""

import copy
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from crawler.sources import validators
from crawler.sources.diagnostics import Problems, hint, schema_of
from crawler.sources.options import Options
from crawler.sources.validators import is_host, is_loopback, is_public, with_port
from crawler.sources.values import SourcesFile
from crawler.sources.yaml_positions import Place

Protocols = Mapping[str, type[Options]]
"""By protocol, what the options of its sources are."""

Raw = Mapping[str, object]


def check_publishers(file: Raw, problems: Problems) -> None:
    """Record publishers whose id is none, or that show copies without an open licence."""
    for key, entry in mapping(file, "publishers").items():
        if not validators.is_slug(key):
            problems.add(("publishers", key), "no id; expected small letters, digits and hyphens")
        licence = mapping(entry).get("licence", "")
        if mapping(entry).get("copy") == "public" and not (isinstance(licence, str) and validators.is_open(licence)):
            problems.add(("publishers", key, "copy"), "public; expected an open licence beside it, or hash-only")


def check_hosts(file: Raw, problems: Problems) -> None:
    """Record hosts that are none, private ones that are not loopback, and public ones without a delay."""
    for key, entry in mapping(file, "hosts").items():
        private = mapping(entry).get("private") is True
        if not is_host(key):
            problems.add(("hosts", key), "no host; expected a host such as www.gov.uk, or a host and port")
        elif private and not is_loopback(key):
            problems.add(
                ("hosts", key, "private"), "true; expected only for a loopback host and port, as 127.0.0.1:8001"
            )
        if mapping(entry).get("delay") == 0 and not private:
            problems.add(("hosts", key, "delay"), "0; expected more than 0 seconds (0 is for hosts with private: true)")


def check_source(entry: Raw, place: Place, file: Raw, problems: Problems) -> None:
    """Record what is wrong with a source in the light of its other keys and of the other blocks."""
    check_name(entry.get("publisher"), mapping(file, "publishers"), "publishers", (*place, "publisher"), problems)
    _check_url(entry.get("url"), place, mapping(file, "hosts"), problems)
    if entry.get("enabled") is False and not entry.get("reason"):
        problems.add((*place, "enabled"), "false; expected a reason beside it")
    follow, protocol = entry.get("follow"), entry.get("protocol")
    if follow is True and protocol != "feed":
        problems.add((*place, "follow"), "true; expected only with protocol: feed; with page a mapping")
    if isinstance(follow, dict) and protocol != "page":
        problems.add((*place, "follow"), "a mapping; expected only with protocol: page")
    is_list = mapping(follow).get("index") == "list"
    if entry.get("complete") is True and not is_list and protocol != "listing":
        problems.add((*place, "complete"), "true; expected only with protocol: listing, or follow: {index: list}")
    if mapping(follow).get("menu") and not is_list:
        problems.add((*place, "follow", "menu"), "expected only with index: list")
    least, most = mapping(entry, "expect").get("min", 1), mapping(entry, "expect").get("max")
    if isinstance(least, int) and isinstance(most, int) and most < least:
        problems.add((*place, "expect", "max"), f"{most}; expected at least min, which is {least}")


def check_name(name: object, known: Collection[str], block: str, place: Place, problems: Problems) -> None:
    """Record the name of an entry of another block that there is none of."""
    if isinstance(name, str) and name not in known:
        problems.add(place, f"{name!r}; expected an entry of the block {block}{hint(name, known)}")


def check_twice(file: Raw, block: Place, key: str, problems: Problems) -> None:
    """Record entries of a list that state what another one stated before, under a key that tells them apart."""
    taken: set[str] = set()
    for place, raw in entries(file, *block):
        name = raw.get(key)
        if isinstance(name, str) and name in taken:
            problems.add((*place, key), "stands twice; expected one of its own")
        taken |= {name} if isinstance(name, str) else set()


def entries(file: object, *keys: object) -> Iterator[tuple[Place, Raw]]:
    """Yield the entries of a list as they stand in the file, each with its place."""
    value = file
    for key in keys:
        value = mapping(value).get(str(key))
    for number, entry in enumerate(value if isinstance(value, list) else ()):
        yield (*map(str, keys), number), mapping(entry)


def mapping(value: object, key: str | None = None) -> Raw:
    """Return a value, or what is in it under a key, where it is a mapping; else an empty one."""
    if key is not None:
        value = mapping(value).get(key)
    return value if isinstance(value, dict) else {}


def check_heartbeat(file: Raw, problems: Problems) -> None:
    """Record a heartbeat on a host that is neither public nor named as private."""
    _check_url(mapping(file, "settings").get("heartbeat"), ("settings",), mapping(file, "hosts"), problems, "heartbeat")


def _check_url(url: object, place: Place, hosts: Raw, problems: Problems, key: str = "url") -> None:
    try:
        host, full = with_port(validators.address(url))
    except ValueError:
        # The shape of the source says so already.
        return
    if not is_public(host) and mapping(hosts, full).get("private") is not True:
        cause = (
            f"{full} is not public; expected a public host, or an entry {full} with private: true in the block hosts"
        )
        problems.add((*place, key), cause)


def sources_schema(protocols: Protocols) -> dict[str, Any]:
    """Return the JSON Schema of sources.yaml, in which the protocol of a source says what its options are.

    Other rules over several keys are no part of it: ``roundup check`` knows them.
    """
    schema = copy.deepcopy(dict(schema_of(SourcesFile)))
    source = schema["$defs"]["Source"]
    source["properties"]["protocol"]["enum"] = list(protocols)
    is_off = {"properties": {"enabled": {"const": False}}, "required": ["enabled"]}
    source["allOf"] = [{"if": is_off, "then": {"required": ["reason"]}}]
    for name, model in protocols.items():
        options = copy.deepcopy(dict(schema_of(model)))
        schema["$defs"][name] = options | {"title": f"options of {name}"}
        then = {"properties": {"options": {"$ref": f"#/$defs/{name}"}}}
        required = {"required": ["options"]} if options.get("required") else {}
        is_it = {"properties": {"protocol": {"const": name}}, "required": ["protocol"]}
        source["allOf"].append({"if": is_it, "then": then | required})
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
