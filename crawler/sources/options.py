"""What a source may say under ``options``: each protocol declares its keys as the fields of a dataclass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from crawler.errors import ConfigError
from crawler.sources.diagnostics import keys_of, mistakes
from crawler.sources.values import Source
from crawler.sources.yaml_positions import Place


@dataclass(frozen=True, kw_only=True)
class Options:
    """The options of a source, each with its default where the source does not state it."""

    def problems(self, source: Source) -> Iterator[str]:
        """Yield what is wrong with the source though each option is right by itself: ``url: …``, ``options.KEY: …``."""
        yield from ()

    @classmethod
    def of(cls, source: Source) -> Self:
        """Return the options of a source; what its protocol does not know says nothing.

        Raises:
            ConfigError: one of them does not pass; says all that do not, one line each.
        """
        known = {key: value for key, value in source.options.items() if key in keys_of(cls)}
        options, wrong = mistakes(cls, known)
        if options is None:
            raise ConfigError("\n".join(f"source {source.id}: {_line(*each)}" for each in wrong))
        return options


def problems(cls: type[Options], source: Source) -> list[str]:
    """Return what is wrong with the options of a source and its address, one line each; nothing is fetched."""
    options, wrong = mistakes(cls, dict(source.options), "option")
    return list(options.problems(source)) if options is not None else [_line(*each) for each in wrong]


def _line(place: Place, cause: str) -> str:
    return f"options{''.join(f'[{key + 1}]' if isinstance(key, int) else f'.{key}' for key in place)}: {cause}"
