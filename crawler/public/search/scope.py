"""What a search is narrowed to: kind, place, topic, publisher, period, state in force, and what is in the round-up."""

from collections.abc import Mapping
from dataclasses import dataclass

from crawler.errors import RoundupError

FACETS = ("kind", "jurisdiction", "topic", "publisher", "period", "state")
"""Facets of search, in the order of the page."""

PERIODS: Mapping[str, str] = {"30-days": "Last 30 days", "year": "Last 12 months", "earlier": "Earlier"}
STATES: Mapping[str, str] = {
    "in-force": "In force",
    "not-yet": "Not yet in force",
    "repealed": "Repealed",
    "withdrawn": "Withdrawn or gone",
}
ONLY = "in"
"""The value of ``only`` that leaves out what is not in the round-up, or not decided yet."""

MAX_VALUE_CHARACTERS = 200

_CLOCK = "(select substr(value, 1, 10) from about where key = 'clock')"
_DAY = "substr(max(coalesce(d.updated, ''), coalesce(d.published, ''), coalesce(d.changed, '')), 1, 10)"
PERIOD_SQL = f"""case when {_DAY} = '' then '' when {_DAY} >= date({_CLOCK}, '-30 days') then '30-days'
  when {_DAY} >= date({_CLOCK}, '-1 year') then 'year' else 'earlier' end"""
STATE_SQL = f"""case when d.availability in ('withdrawn', 'gone') then 'withdrawn'
  when d.status in ('repealed', 'revoked', 'expired', 'no longer in force', 'quashed', 'superseded') then 'repealed'
  when d.status = 'prospective' or d.in_force = 'not yet' or (d.in_force glob '[12]*' and d.in_force > {_CLOCK})
    then 'not-yet'
  when d.status = 'in force' or d.in_force in ('in parts', 'at least in part')
    or d.in_force glob '[12]*' then 'in-force' else '' end"""

_CONDITIONS = {
    "kind": "d.kind = :kind",
    "jurisdiction": "d.jurisdiction = :jurisdiction",
    "topic": "exists (select 1 from document_labels t where t.facet = 'topic' and t.value = :topic"
    " and t.document = d.n)",
    "publisher": "d.publisher = :publisher",
    "period": f"{PERIOD_SQL} = :period",
    "state": f"{STATE_SQL} = :state",
    "only": "d.band = :only",
}


class UnknownScopeError(RoundupError):
    """Search cannot be narrowed in this way: says what was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a search is narrowed to: a value by facet; ``only`` is one of them."""

    params: Mapping[str, str]

    @property
    def condition(self) -> str:
        """The SQL that is true for a document ``d`` inside, empty where everything is."""
        return " and ".join(_CONDITIONS[facet] for facet in self.params)


EVERYTHING = Scope(params={})


def read_scope(values: Mapping[str, str]) -> Scope:
    """Return the scope that parameters of an address ask for; others and empty ones are passed over.

    Raises:
        UnknownScopeError: a closed list has no such value.
    """
    params = {name: values[name][:MAX_VALUE_CHARACTERS] for name in (*FACETS, "only") if values.get(name)}
    for name, listed in (("period", PERIODS), ("state", STATES), ("only", {ONLY: ""})):
        if name in params and params[name] not in listed:
            known = ", ".join(listed)
            raise UnknownScopeError(f"Search cannot be limited to “{params[name][:40]}”; {name} is one of: {known}.")
    return Scope(params=params)
