"""The closed lists of the toolkit, each value with its name for readers."""

from __future__ import annotations

from collections.abc import Mapping

from crawler.sources.vocabulary import AIMED_AT, JURISDICTIONS

PARTS = ("training", "governance", "resources")
"""Parts of the toolkit that are lists of documents."""

ROUND_UP = "round-up"
"""The part of the toolkit with law, guidance, reports and proposals: its documents stand on shelves, by kind."""

SHELVES: Mapping[str, tuple[str, ...]] = {
    "law": ("legislation", "act", "asp", "si", "regulation", "directive", "decision", "treaty"),
    "guidance": ("statutory_guidance", "guidance", "manual"),
    "reports": ("report", "research", "statistics", "policy_paper"),
    "proposals": ("bill", "draft_si", "consultation"),
}
"""The shelves of the library, each with the kinds of its documents."""

MEMBER = "part"
"""The field that says why a document belongs to a part."""

OTHER = "other"
"""Stands for what a page states in words that are none of a closed list: the words themselves are what is shown."""

IN_OTHER_WORDS = frozenset({"audience", "level", "form", "cost", "certificate"})
"""Fields of training that can be stated in such words."""

LEVELS = {"awareness": "awareness", "practitioner": "practitioner", "specialist": "specialist"}
"""For how much knowledge training is made."""

TRAINING_FORMS = {
    "e-learning": "e-learning",
    "classroom": "classroom or in person",
    "webinar": "webinar",
    "video": "video",
    "booklet": "booklet",
    "workshop": "workshop",
    "course": "course",
    "slides": "slides",
    "framework": "framework",
    "podcast": "podcast",
    "handout": "handout",
    "certificate": "certificate form",
}
"""What training is."""

COSTS = {"free": "free", "paid": "paid"}
"""What training costs."""

CERTIFICATES = {"yes": "yes", "no": "no", "cpd": "CPD"}
"""Whether those who took part get a certificate; CPD: it counts as continuing professional development."""

GOVERNANCE_FORMS = {
    "terms-of-reference": "terms of reference",
    "information-sharing-agreement": "information-sharing agreement",
    "memorandum-of-understanding": "memorandum of understanding",
    "protocol": "protocol",
    "partnership-agreement": "partnership or joint working agreement",
    "service-level-agreement": "service-level agreement",
    "referral-pathway": "referral pathway",
    "accountability-structure": "accountability structure",
    "strategy": "strategy or action plan",
    "performance-management": "performance management",
    "procurement": "procurement",
    "statement": "modern slavery statement",
}
"""What a document of governance is."""

ADAPT = {"yes": "yes", "not-commercially": "yes, but not commercially", "no": "no"}
"""Whether the licence of its publisher lets others adapt a document."""

EDITABLE = {
    "docx": "Word (docx)",
    "doc": "Word (doc)",
    "pptx": "PowerPoint (pptx)",
    "odt": "OpenDocument text (odt)",
    "xlsx": "Excel (xlsx)",
    "ods": "OpenDocument (ods)",
}
"""Kinds of files that can be edited."""

USES = {
    "campaign": "plan an awareness campaign",
    "partners": "engage a partner sector",
    "care-plan": "review a survivor care plan",
    "identify": "identify and refer",
    "supply-chain": "supply chain",
    "funding": "find funding",
    "legal": "legal support",
    "support": "support for survivors",
    "faith": "involve faith groups",
    "education": "involve schools and colleges",
    "enforcement": "enforcement and prosecution",
    "performance": "measure performance",
}
"""What a resource is good for."""

RESOURCE_FORMS = {
    "guide": "guide",
    "manual": "manual",
    "checklist": "checklist",
    "template": "template",
    "toolkit": "toolkit",
    "form": "form",
    "poster": "poster",
    "leaflet": "leaflet",
    "video": "video",
    "dataset": "dataset",
}
"""What a resource is."""

THEMES: Mapping[str, Mapping[str, str]] = {
    "governance": {
        "accountability": "accountability structures",
        "information-sharing": "information sharing",
        "statements": "modern slavery statements",
        "function": "partnership function",
        "performance": "performance management",
        "procurement": "procurement",
        "strategies": "strategies",
        "terms-of-reference": "terms of reference",
    },
    "resources": {
        "partnerships": "database of partnerships",
        "enforcement": "enforcement and prosecution",
        "communities": "involving communities",
        "funds": "maximising funds",
        "performance-guide": "performance management guide",
        "survivors": "supporting victims and survivors",
    },
    "training": {
        "aviation": "aviation",
        "lunch-and-learn": "awareness lunch and learn",
        "county-lines": "county lines",
        "sexual-exploitation": "child sexual exploitation",
        "first-responders": "first responders",
        "health": "health",
        "hotels": "hotels",
        "awareness": "awareness, tier 3",
        "universities": "universities",
    },
    ROUND_UP: {
        "local-authority": "guidance for local authorities",
        "nhs": "guidance for the NHS",
        "victim-support": "guidance on victim support",
        "children": "guidance on children",
        "referral": "referral to the NRM",
        "private-sector": "guidance for the private sector",
        "homelessness": "guidance for the homelessness sector",
        "migrants": "migrant support",
        "slavery-law": "modern slavery legislation",
        "borders-bill": "Nationality and Borders Bill",
        "related-law": "related legislation",
        "local-reports": "local reports",
        "covid": "Covid-19",
        "ukraine": "Ukraine",
        "survivor-experience": "survivor experience",
        "other-reports": "other reports",
    },
}
"""Under what the editors of a library for partnerships put a document."""

NATIONS = {name: name for name in JURISDICTIONS}

CLOSED: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "training": {
        "theme": THEMES["training"],
        "audience": AIMED_AT,
        "level": LEVELS,
        "form": TRAINING_FORMS,
        "cost": COSTS,
        "certificate": CERTIFICATES,
        "nation": NATIONS,
    },
    "governance": {"theme": THEMES["governance"], "form": GOVERNANCE_FORMS, "file": EDITABLE, "adapt": ADAPT},
    "resources": {"theme": THEMES["resources"], "use": USES, "form": RESOURCE_FORMS},
    **{part: {"theme": THEMES[ROUND_UP]} for part in (ROUND_UP, *SHELVES)},
}
"""The fields of each part whose values are of a closed list."""

OPEN: Mapping[str, tuple[str, ...]] = {
    "training": ("provider", "length", "law", "guidance"),
    "governance": ("partnership", "area", "provision", "law", "guidance"),
    **dict.fromkeys(("resources", ROUND_UP, *SHELVES), ("law", "guidance")),
}
"""The fields of each part whose values are words of the page, or ids of law."""
