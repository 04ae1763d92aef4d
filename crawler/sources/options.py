"""What a source may say under ``options``: each protocol declares its keys as the fields of a dataclass."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from crawler.errors import ConfigError
from crawler.sources.diagnostics import keys_of, mistakes
from crawler.sources.values import Source
from crawler.sources.yaml_positions import Place


@dataclass(frozen=True, kw_only=True)
class Options:
    """The options of a source, each with its default where the source does not state it.

    ``CUT_BY`` says how its protocol can cut a list for a backfill without an address of its own for each slice,
    ``IS_WHOLE`` whether each of its answers has all there is, so that nothing is to be counted.
    """

    CUT_BY: ClassVar[tuple[str, ...]] = ("page",)
    IS_WHOLE: ClassVar[bool] = False

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
    return list(misfits(options, source)) if options is not None else [_line(*each) for each in wrong]


def misfits(options: Options, source: Source) -> Iterator[str]:
    """Yield what is wrong with a source whose options are right by themselves."""
    yield from options.problems(source)
    backfill = source.backfill
    if backfill is not None and not backfill.url and backfill.by not in options.CUT_BY:
        yield f"backfill: {backfill.by}; this protocol cuts by {' or '.join(options.CUT_BY)}, else expected a url"


def _line(place: Place, cause: str) -> str:
    return f"options{''.join(f'[{key + 1}]' if isinstance(key, int) else f'.{key}' for key in place)}: {cause}"
