"""Resources to download: what they are good for, and what they are."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.classify.toolkit.laws import named
from crawler.classify.toolkit.patterns import first_places, rules, stated_forms
from crawler.classify.toolkit.values import Fact, Known, passages

_USES = (
    ("campaign",
     r"awareness[- ](?:raising )?campaigns?|campaign (?:pack|toolkit|materials?|resources?|guide)s?|"
     r"(?:raise|raising|increase|promote) (?:public )?awareness|awareness[- ]raising|anti-slavery day|"
     r"posters?|ymgyrch(?:oedd)?|codi ymwybyddiaeth|(?:bewustwordings|voorlichtings)?campagne"),
    ("partners",
     r"(?:engag(?:e|ing)|working|work|collaborat\w+|partner(?:ing)?) with (?:the )?(?:\w+ ){0,3}(?:sector|industry|"
     r"business(?:es)?|employers|"
     r"partners|communities|communit(?:y|ies) groups|faith groups|banks|hotels)|"
     r"(?:toolkit|guide|guidance|advice|handbook|resources?|"
     r"information) for (?:the )?(?:\w+ ){0,2}(?:business(?:es)?|employers|companies|hotels|"
     r"landlords|banks|recruiters|suppliers|industry|sector)|"
     r"(?:hospitality|construction|agricultur(?:e|al)|fishing|care|retail|financial|hotel|cleaning|textiles?|food|"
     r"private|"
     r"homelessness|health|faith) sector|multi-agency|(?:anti-slavery|modern slavery) partnerships?|sectorafspraken"),
    ("care-plan",
     r"survivor care|care standards|care plan(?:s|ning)?|support plans?|recovery needs(?: assessments?)?|"
     r"trauma[- ]informed|"
     r"(?:support|care) (?:for|of|and support of) (?:adult |child )?(?:victims|survivors)|victim care|safe house|"
     r"gofal (?:i )?(?:ddioddefwyr|oroeswyr)|slachtofferzorg"),
    ("identify",
     r"identif(?:y|ying|ication)(?: and (?:refer(?:ral)?|support)\w*)?|indicators|spot(?:ting)? the signs|signs of|"
     r"refer(?:ral|ring)s?(?! to the)|first responders?|national referral mechanism|nrm|duty to notify|"
     r"report(?:ing)? modern slavery|"
     r"adnabod|atgyfeirio|signal(?:en|eren)|herkennen|doorverwij\w+"),
    ("supply-chain",
     r"supply[- ]chains?|procurement|modern slavery statements?|section 54|due diligence|transparency in supply chains|"
     r"cadwyni? cyflenwi|caffael|toeleveringsketens?|ketenverantwoordelijkheid"),
)  # fmt: skip
_FORMS = (
    ("guide", r"(?:practical |good practice |short |council )?(?:guides?|guidance|handreiking|canllaw(?:iau)?)"),
    ("manual", r"manuals?|handbooks?|llawlyfr(?:au)?|handboek"),
    ("checklist", r"check ?-?lists?|rhestr wirio"),
    ("template", r"templates?|model (?:policy|agreement|statement|protocol)|templed(?:i|au)?|sjabloon"),
    ("toolkit", r"tool ?-?kits?|resource packs?|pecyn cymorth"),
    ("form", r"(?:referral|nrm|notification|consent|report(?:ing)?|application|assessment|offline|online) forms?|"
             r"ms1(?: form)?|"
             r"ffurflen(?:ni)?|formulier(?:en)?"),
    ("poster", r"posters?|posteri"),
    ("leaflet", r"leaflets?|flyers?|booklets?|brochures?|z-?cards?|factsheets?|taflen(?:ni)?|"
                r"(?:voorlichtings|informatie)folders?|folders? (?:over|voor|mensenhandel)"),
    ("video", r"videos?|films?(?! (?:and|industry|production|sector|sets?|crews?|makers?)\b)|animations?|fideo"),
    ("dataset", r"data ?-?sets?|data tables?|spreadsheets?|databases?|set ddata"),
)  # fmt: skip
_BY_USE, _BY_FORM = rules("use", _USES, "named"), rules("form", _FORMS, "named")


def resources(known: Known) -> Iterator[Fact]:
    """Yield what title, summary and headings say a resource is and is good for, and the law it names."""
    read = tuple(passages(known))
    yield from first_places(_BY_USE, read)
    yield from stated_forms(_BY_FORM, read)
    yield from named(known)
