"""The closed lists of the registry: what may stand where a word is expected."""

from __future__ import annotations

KINDS = (
    # what a source publishes in general
    "legislation", "guidance", "report", "statistics", "news", "case_law", "consultation", "parliament", "training",
    "resource", "governance", "form", "collection",
    # and more exactly
    "act", "asp", "si", "bill", "directive", "regulation", "decision", "treaty", "statutory_guidance", "policy_paper",
    "manual", "template", "debate", "research",
)  # fmt: skip
"""What documents are. Of ``news`` and ``case_law`` the site never shows the body: they name suspects and victims."""

JURISDICTIONS = (
    "United Kingdom",
    "Great Britain",
    "England and Wales",
    "England",
    "Wales",
    "Scotland",
    "Northern Ireland",
    "European Union",
    "Council of Europe",
    "International",
    "Ireland",
    "Netherlands",
)
"""Where documents apply."""

JURISDICTION_SHORT = {
    "UK": "United Kingdom",
    "GB": "Great Britain",
    "E&W": "England and Wales",
    "NI": "Northern Ireland",
    "EU": "European Union",
    "CoE": "Council of Europe",
}
"""Short forms that the registry may use for a jurisdiction."""

TOPICS = (
    "offences_law",
    "enforcement_prosecution",
    "non_punishment",
    "identification_nrm",
    "victim_support",
    "immigration_status",
    "children",
    "labour_exploitation",
    "sexual_exploitation",
    "domestic_servitude",
    "criminal_exploitation",
    "supply_chains",
    "cross_border_cooperation",
    "partnership_governance",
    "training_awareness",
    "data_monitoring",
)
"""The topics of the round-up."""

TOOLKIT = ("round-up", "governance", "resources", "training", "checklist")
"""The five parts of the toolkit."""
