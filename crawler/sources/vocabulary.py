"""The closed lists of the registry: what may stand where a word is expected."""

from __future__ import annotations

KINDS = (
    # what a source publishes in general
    "legislation", "guidance", "report", "statistics", "news", "case_law", "consultation", "parliament", "training",
    "resource", "governance", "form", "collection",
    # and more exactly
    "act", "asp", "si", "draft_si",
    "bill", "directive", "regulation", "decision", "treaty", "statutory_guidance", "policy_paper",
    "manual", "template", "debate", "research",
)  # fmt: skip
"""What documents are. Of those that are PRIVATE the site never shows the body: they name suspects and victims."""

PRIVATE = ("news", "case_law")
"""Kinds of documents whose words are never shown."""

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
"""Short forms that the registry and a filter may use for a jurisdiction."""

JURISDICTION_SAID = {name.casefold(): name for name in JURISDICTIONS} | {
    short.casefold(): name for short, name in JURISDICTION_SHORT.items()
}
"""By every form of a jurisdiction, in small letters, its name."""

TOPICS = {
    "offences_law": "Offences and law",
    "enforcement_prosecution": "Enforcement and prosecution",
    "non_punishment": "Non-punishment",
    "identification_nrm": "Identification and referral (NRM)",
    "victim_support": "Victim support",
    "immigration_status": "Immigration status",
    "children": "Children",
    "labour_exploitation": "Labour exploitation",
    "sexual_exploitation": "Sexual exploitation",
    "domestic_servitude": "Domestic servitude",
    "criminal_exploitation": "Criminal exploitation",
    "supply_chains": "Supply chains",
    "cross_border_cooperation": "Cross-border cooperation",
    "partnership_governance": "Partnership and governance",
    "training_awareness": "Training and awareness",
    "data_monitoring": "Data and monitoring",
}
"""The topics of the round-up."""

TOOLKIT = {
    "round-up": "Reports and legislation round-up",
    "governance": "Governance library",
    "resources": "Downloadable resources",
    "training": "Training library",
    "checklist": "Partnership checklist",
}
"""The five parts of the toolkit."""

ROLES = {
    "police": "Police lead",
    "first_responder": "First responder",
    "local_authority": "Local authority coordinator",
    "caseworker": "Caseworker or legal adviser",
    "prosecutor": "Prosecutor",
    "researcher": "Policy and research",
    "compliance": "Company compliance",
    "trainer": "Trainer or partnership chair",
}
"""The readers of the round-up: each is a view of what concerns them."""

AIMED_AT = {
    "police": "police",
    "prosecutors": "prosecutors",
    "judges_and_defence": "judges and defence",
    "immigration_and_border": "immigration and border",
    "labour_inspectors": "labour and licensing inspectors",
    "tax_and_customs": "tax and customs",
    "local_authority": "local authority",
    "adult_social_care": "adult social care",
    "childrens_services": "children\u2019s services",
    "health": "health",
    "education": "education",
    "housing": "housing",
    "ngo_support": "NGO support",
    "trade_unions": "trade unions",
    "business": "business and recruiters",
    "policy_and_research": "policy and research",
}
"""Whom a document concerns."""

EXPLOITATION = {
    "labour": "labour exploitation",
    "sexual": "sexual exploitation",
    "domestic_servitude": "domestic servitude",
    "criminal": "criminal exploitation",
    "begging": "forced begging",
    "organ_removal": "removal of organs",
    "forced_marriage": "forced marriage",
    "illegal_adoption": "illegal adoption",
    "surrogacy": "exploitation of surrogacy",
}
"""Kinds of exploitation."""
