"""The closed lists of the registry: what may stand where a word is expected."""

from collections.abc import Mapping
from types import MappingProxyType

KINDS = (
    # what a source publishes in general
    "legislation", "guidance", "report", "statistics", "news", "case_law", "consultation", "parliament", "training",
    "resource", "governance", "form", "collection",
    # and more exactly
    "act", "asp", "si", "draft_si",
    "bill", "directive", "regulation", "decision", "treaty", "statutory_guidance", "policy_paper",
    "manual", "template", "debate", "research", "correspondence", "notice", "page", "case",
)  # fmt: skip
"""What documents are. Of those that are PRIVATE the site never shows the body: they name suspects and victims."""

FILE_TYPES = (
    "html", "pdf", "doc", "docx", "docm", "odt", "rtf", "xls", "xlsx", "xlsm", "ods", "csv", "ppt", "pptx", "odp",
    "txt", "png", "jpg", "gif",
)  # fmt: skip
"""What a link may lead to, by the ending of its address: a page, or a file of a kind."""

PRIVATE = ("news", "case_law", "case")
"""Kinds of documents whose words are never shown."""

STATES = {
    "al": "Albania", "ad": "Andorra", "am": "Armenia", "at": "Austria", "az": "Azerbaijan", "be": "Belgium",
    "ba": "Bosnia and Herzegovina", "bg": "Bulgaria", "hr": "Croatia", "cy": "Cyprus", "cz": "Czechia",
    "dk": "Denmark", "ee": "Estonia", "fi": "Finland", "fr": "France", "ge": "Georgia", "de": "Germany",
    "gr": "Greece", "hu": "Hungary", "is": "Iceland", "ie": "Ireland", "it": "Italy", "lv": "Latvia",
    "li": "Liechtenstein", "lt": "Lithuania", "lu": "Luxembourg", "mt": "Malta", "md": "Moldova", "mc": "Monaco",
    "me": "Montenegro", "nl": "Netherlands", "mk": "North Macedonia", "no": "Norway", "pl": "Poland",
    "pt": "Portugal", "ro": "Romania", "sm": "San Marino", "rs": "Serbia", "sk": "Slovakia", "si": "Slovenia",
    "es": "Spain", "se": "Sweden", "ch": "Switzerland", "tr": "T\u00fcrkiye", "ua": "Ukraine",
}  # fmt: skip
"""The other members of the Council of Europe, by the ends of their host names: one group of a filter."""
STATES_GROUP = "States of Europe"
"""What the group is called."""

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
    *STATES.values(),
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
"""Services and professions that a document is for."""

READER_OF: Mapping[str, str] = MappingProxyType({
    "police": "police", "prosecutors": "prosecutor", "judges_and_defence": "caseworker",
    "immigration_and_border": "caseworker", "labour_inspectors": "compliance", "tax_and_customs": "compliance",
    "local_authority": "local_authority", "adult_social_care": "local_authority",
    "childrens_services": "local_authority", "health": "caseworker", "education": "local_authority",
    "housing": "local_authority", "ngo_support": "caseworker", "trade_unions": "researcher", "business": "compliance",
    "policy_and_research": "researcher",
})  # fmt: skip
"""By each of these the reader to whose view it belongs: what is for the one is found under the other."""

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

LANGUAGES: Mapping[str, str] = MappingProxyType({
    "am": "Amharic", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "cs": "Czech", "cy": "Welsh", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "ga": "Irish", "gd": "Scottish Gaelic", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "ko": "Korean",
    "ku": "Kurdish", "lt": "Lithuanian", "lv": "Latvian", "mt": "Maltese", "nl": "Dutch", "pa": "Punjabi",
    "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovenian", "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili",
    "ta": "Tamil", "th": "Thai", "ti": "Tigrinya", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "uz": "Uzbek", "vi": "Vietnamese", "zh": "Chinese",
})  # fmt: skip
"""Languages of copies, by their IETF tag; another tag is shown as it is."""

ABSTRACT = 300
"""Most characters shown of a publisher's own summary, where its licence does not let us show its text."""
