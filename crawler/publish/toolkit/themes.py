"""Themes of the libraries, each introduced in one line of ours."""

from __future__ import annotations

from collections.abc import Mapping

INTRODUCTIONS: Mapping[str, str] = {
    # governance
    "accountability": "Who answers to whom in a partnership, drawn or written down.",
    "information-sharing": "Agreements on who may pass which data to whom, and on what legal ground.",
    "statements": "Statements of councils, businesses and charities on slavery in what they buy, and where they stand.",
    "function": "What a partnership is for, how it works, and how it is built up.",
    "performance": "How partnerships see whether they reach what they set out to do.",
    "procurement": "Buying without forced labour in the supply chain: policies, clauses, checks.",
    "strategies": "Strategies and action plans of nations, regions and partnerships.",
    "terms-of-reference": "Purpose, members, chair and meetings of a partnership, in writing.",
    # resources
    "partnerships": "Where multi-agency partnerships are, and how to reach them.",
    "enforcement": "For investigators and prosecutors: guidance, reports and posters.",
    "communities": "Working with businesses, faith groups, schools and neighbourhoods.",
    "funds": "Where money for this work comes from, and how to ask for it.",
    "performance-guide": "How to measure the work of a partnership, step by step.",
    "survivors": "Care, housing, legal help and support for people who were exploited.",
    # training
    "aviation": "For airlines and airports: what staff may notice, and what to do.",
    "lunch-and-learn": "Short sessions that raise awareness in a team.",
    "county-lines": "Children and adults exploited to carry and sell drugs.",
    "sexual-exploitation": "Sexual exploitation of children: signs, language, response.",
    "first-responders": "For those who refer to the National Referral Mechanism.",
    "health": "For hospitals, surgeries and other places of care.",
    "hotels": "For hotels: what guests and rooms may show, and whom to tell.",
    "awareness": "Basic awareness for everybody, at the level that its publisher calls tier 3.",
    "universities": "For students and staff of universities.",
    # law, guidance and reports
    "local-authority": "For councils: duties, housing, procurement, referral.",
    "nhs": "For health services: identifying and supporting patients.",
    "victim-support": "For those who look after people who were exploited.",
    "children": "Children who were, or may be, trafficked or exploited.",
    "referral": "How and when to refer somebody to the National Referral Mechanism.",
    "private-sector": "For businesses: supply chains, statements, recruitment.",
    "homelessness": "For shelters and outreach teams: exploitation of people without a home.",
    "migrants": "Rights and support of migrants who may have been exploited.",
    "slavery-law": "The Acts on modern slavery and human trafficking in the United Kingdom.",
    "borders-bill": "The bill that became the Nationality and Borders Act 2022.",
    "related-law": "Other law that bears on exploitation and on those who suffer it.",
    "local-reports": "What was found in one place or region.",
    "covid": "Exploitation and support during the pandemic.",
    "ukraine": "Risks for people displaced by the war in Ukraine.",
    "survivor-experience": "What people who were exploited say of their support.",
    "other-reports": "Reports that their list puts under no other subject.",
}
