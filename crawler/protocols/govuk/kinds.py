"""The document types of GOV.UK: what kind of document each is, what state it says, which are no documents.

Source: github.com/alphagov/publishing-api, content_schemas/allowed_document_types.yml.
"""

from __future__ import annotations

_KINDS = {
    "statutory_guidance": "statutory_guidance",
    "guidance": ("answer detailed_guide guidance guide help_page service_manual_guide step_by_step_nav travel_advice"),
    "collection": "document_collection",
    "correspondence": "correspondence",
    # An announcement of statistics says when they come; they are none yet.
    "notice": (
        "notice national official statistics_announcement national_statistics_announcement "
        "official_statistics_announcement"
    ),
    "template": "terms_of_reference",
    "form": "form",
    "manual": "hmrc_manual hmrc_manual_section manual manual_section",
    "policy_paper": "government_response policy_paper",
    "consultation": (
        "call_for_evidence call_for_evidence_outcome closed_call_for_evidence closed_consultation consultation "
        "consultation_outcome open_call_for_evidence open_consultation"
    ),
    "report": (
        "case_study corporate_report foi_release impact_assessment independent_report research transparency "
        "research_for_development_output service_standard_report algorithmic_transparency_record "
        "aaib_report maib_report raib_report"
    ),
    "statistics": ("national_statistics official_statistics statistical_data_set statistics"),
    "treaty": "international_treaty",
    # The finder of instruments under the European Union (Withdrawal) Act 2018 has proposals that are laid for sifting.
    "draft_si": "statutory_instrument",
    "debate": "oral_statement written_statement",
    # Pages of an organisation, an event, a service or a scheme, and rules of one body: none of the other kinds.
    "page": (
        "about about_our_services access_and_opening accessible_documents_policy ai_assurance_portfolio_technique "
        "animal_disease_case business_finance_support_scheme complaints_procedure contact "
        "countryside_stewardship_grant data_ethics_guidance_document drcf_digital_markets_research "
        "drug_safety_update equality_and_diversity esi_fund export_health_certificate farming_grant "
        "flood_and_coastal_erosion_risk_management_research_report how_government_works "
        "international_development_fund licence licence_transaction "
        "life_saving_maritime_appliance_service_station local_transaction map "
        "marine_equipment_approved_recommendation marine_notice media_enquiries medical_safety_alert membership "
        "modern_slavery_statement organisation our_energy_use our_governance personal_information_charter "
        "petitions_and_campaigns place procurement product_safety_alert_report_recall promotional "
        "protected_food_drink_name publication_scheme recruitment regulation simple_smart_answer social_media_use "
        "staff_update standard take_part topical_event topical_event_about_page transaction "
        "ukhsa_data_access_approval veterans_support_organisation welsh_language_scheme working_group "
        "world_location_news worldwide_office worldwide_organisation"
    ),
    # Kinds whose text is never published, because it may name people (promise 6 of the design). Pages on cases of an
    # authority and decisions of registrars and commissioners are no case law.
    "news": "authored_article fatality_notice news_story press_release speech world_news_story",
    "case": "cma_case decision sfo_case traffic_commissioner_regulatory_decision trademark_decision design_decision",
    "case_law": (
        "asylum_support_decision employment_appeal_tribunal_decision employment_tribunal_decision "
        "residential_property_tribunal_decision tax_tribunal_decision utaac_decision"
    ),
}


def names(listed: str) -> frozenset[str]:
    """Return the names in a text, set apart by spaces."""
    return frozenset(listed.split())


_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names.split()}

_NO_KIND = frozenset({"html_publication"})
"""The type says how a page is built, not what kind of document it is: that says the page it is attached to."""

_NO_DOCUMENT = names(
    "calendar completed_transaction coronavirus_landing_page email_alert_signup embassies_index external_content facet "
    "field_of_operation fields_of_operation finder finder_email_signup get_involved government historic_appointment "
    "historic_appointments history homepage landing_page license_finder link_collection mainstream_browse_page "
    "ministers_index need person placeholder role_appointment search service_manual_homepage "
    "service_manual_service_standard service_manual_service_toolkit service_manual_topic service_sign_in "
    "services_and_information smart_answer special_route substitute taxon travel_advice_index vanish world_index "
    "world_location hmrc_contact content_block_contact content_block_email_address content_block_postal_address "
    "content_block_pension ambassador_role board_member_role chief_professional_officer_role "
    "chief_scientific_officer_role chief_scientific_advisor_role deputy_head_of_mission_role governor_role "
    "high_commissioner_role military_role ministerial_role special_representative_role traffic_commissioner_role "
    "worldwide_office_staff_role"
)

_EXCLUDED = frozenset({"modern_slavery_statement"})
"""Departments' own section 54 statements: a query for "modern slavery" finds them all. ``document_types`` asks them."""

_STATES = {
    "consultation": "announced",
    "call_for_evidence": "announced",
    "open_consultation": "open",
    "open_call_for_evidence": "open",
    "closed_consultation": "closed",
    "closed_call_for_evidence": "closed",
    "consultation_outcome": "outcome published",
    "call_for_evidence_outcome": "outcome published",
}

# Names as feeds show them before a title: "Policy paper: …".
# fmt: off
_SHOWN = frozenset({
    "accredited official statistics", "authored article", "call for evidence", "call for evidence outcome",
    "case study", "closed call for evidence", "closed consultation", "collection", "consultation",
    "consultation outcome", "corporate report", "correspondence", "decision", "detailed guide",
    "document collection", "fatality notice", "foi release", "form", "government response", "guidance",
    "impact assessment", "independent report", "international treaty", "map", "national statistics",
    "national statistics announcement", "news story", "notice", "official statistics",
    "official statistics announcement", "open call for evidence", "open consultation",
    "oral statement to parliament", "policy paper", "press release", "promotional material", "regulation",
    "research", "research and analysis", "speech", "standard", "statistical data set", "statistics",
    "statistics announcement", "statutory guidance", "transparency data", "world news story",
    "written statement to parliament",
})
# fmt: on

_TYPE_OF_SHOWN = {
    "accredited official statistics": "national_statistics",
    "collection": "document_collection",
    "oral statement to parliament": "oral_statement",
    "promotional material": "promotional",
    "research and analysis": "research",
    "transparency data": "transparency",
    "written statement to parliament": "written_statement",
}


def kind(document_type: str) -> str | None:
    """Return the kind of document a document type stands for, None where it says nothing about that.

    >>> kind("detailed_guide"), kind("html_publication")
    ('guidance', None)
    """
    return _KIND_OF.get(document_type)


def is_known(document_type: str) -> bool:
    """Return whether a document type was known when this was written."""
    return document_type in _KIND_OF or document_type in _NO_KIND or document_type in _NO_DOCUMENT


def is_document(document_type: str) -> bool:
    """Return whether pages of a type are documents: not lists, indexes, people, forms to search with or pointers."""
    return document_type not in _NO_DOCUMENT


def is_wanted(document_type: str, wanted: tuple[str, ...]) -> bool:
    """Return whether a listing's entry of a type is followed; ``wanted`` empty means everything that is a document."""
    if wanted:
        return document_type in wanted
    return is_document(document_type) and document_type not in _EXCLUDED


def state(document_type: str) -> str:
    """Return the state a document type says, empty where it says none.

    A consultation keeps its address while its type moves from open to closed to outcome.

    >>> state("closed_consultation"), state("guidance")
    ('closed', '')
    """
    return _STATES.get(document_type, "")


def split(title: str, shown: str) -> tuple[str, str | None]:
    """Return the title of a feed entry without the type put before it, and the document type that says.

    ``shown`` is the type as the entry's category says it, if it says one.

    >>> split("Policy paper: A plan", ""), split("Modern slavery: a plan", "")
    (('A plan', 'policy_paper'), ('Modern slavery: a plan', None))
    """
    before, _, rest = title.partition(": ")
    name = before.lower()
    if not rest or (name not in _SHOWN and name != shown.lower()):
        return title, _type(shown.lower()) if shown else None
    return rest, _type(name)


def _type(shown: str) -> str | None:
    name = _TYPE_OF_SHOWN.get(shown, shown.replace(" ", "_"))
    return name if is_known(name) else None
