"""Facts of notes: commencements, amendments of the text, and modifications that leave the text as it is."""

from dataclasses import dataclass

from crawler.identifiers import affected


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A day with the words around it: ISO ``date``, empty where it lies ahead or is not stated; ``qualification``."""

    date: str = ""
    qualification: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """An instrument as a note names it, with the provisions that matter.

    ``number`` is as printed (``S.I. 2016/412``, ``c. 18``, ``1999 c. 29``), ``name`` its title where that stands
    before the number; ``savings`` what stands behind the provisions in brackets.
    """

    number: str
    name: str = ""
    provisions: str = ""
    savings: str = ""

    def __str__(self) -> str:
        behind = f"{self.provisions} {self.savings}".strip()
        return ", ".join(part for part in (self.number or self.name, behind) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commencement:
    """One statement on when a provision came into force.

    ``state`` as written, in lower case: in force, wholly in force, partly in force, not in force, in operation …;
    ``date`` is an ISO day, empty where the note states none; ``is_at_assent`` that it states the day of Royal Assent.
    ``authority`` are the words behind *by* or *see*, ``savings`` those behind it that begin with *with* or
    *subject to*.
    """

    provision: str
    state: str
    date: str = ""
    is_at_assent: bool = False
    qualification: str = ""
    authority: str = ""
    savings: str = ""

    @property
    def is_conclusion(self) -> bool:
        """Whether this sums up other statements (wholly, partly in force) and is no event of its own."""
        return self.state.startswith(("wholly", "partly", "fully", "partially", "not wholly"))

    @property
    def is_negative(self) -> bool:
        """Whether it states that the provision was not in force on that day."""
        return self.state.startswith("not ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """One amendment of the text: what of which provision, the verb, when, where and by what.

    ``provision`` is empty where the note means the place at which it stands. ``what`` is the kind of thing that was
    amended (Words, Word, Definition), ``beside`` what stands next to the provision (heading, and cross-heading).
    ``complement`` is what follows the verb: ``for words``, ``as s. 3(1)``. ``written`` are the days as written.
    """

    verb: str
    provision: str = ""
    what: str = ""
    beside: str = ""
    complement: str = ""
    dates: tuple[When, ...] = ()
    written: str = ""
    extent: tuple[str, ...] = ()
    by: Instrument
    also: tuple[Instrument, ...] = ()

    @property
    def replaced(self) -> list[str]:
        """Return the paths of the provisions for which others were substituted."""
        is_for = self.verb == "substituted" and self.complement.startswith("for ")
        return affected(self.complement) if is_for else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Modification:
    """One modification without change of the text: applied, modified, excluded, functions transferred …

    ``brackets`` are all brackets behind the verb, as written.
    """

    provision: str
    verb: str
    brackets: str = ""
    dates: tuple[When, ...] = ()
    extent: tuple[str, ...] = ()
    by: Instrument
    also: tuple[Instrument, ...] = ()
