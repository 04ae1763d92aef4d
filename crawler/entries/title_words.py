"""What a title is made of: what is idle in it, what its names look like, which of its words tell the subject."""

import re

_MONTH = r"(?:[^\W\d_]{3,12}\.?)"
_DAY = rf"(?:of|vom|du)\s+\d{{1,2}}(?:er|\.)?\s+{_MONTH}\s+\d{{4}}"
RELEVANT = re.compile(
    r"\s*\((?:text with eea relevance|texte pr\u00e9sentant[^)]*|text von bedeutung[^)]*)\)"
    r"(?:\s*text with eea relevance(?: en)?$)?",
    re.IGNORECASE,
)
"""What stands behind the title of an act and is of no use to readers."""
ENDING = re.compile(r"(?<=\w)\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|png|jpe?g|csv)$", re.IGNORECASE)
"""The ending of the name of a file."""
NUMBERED = re.compile(r"\d/\w|\bN(?:o|r|\u00b0)\.?\s?\d")
"""A title with the number of an act: one without it is known by its day."""


def _idle(day: str) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            r"(?<!und)(?<!and)(?<! et),?\s+"
            r"(?:of the european parliament(?:,| and) (?:and )?of the council(?! of europe)"
            r"|of the council(?! of europe)|of the commission"
            r"|of the european parliament|des europ\u00e4ischen parlaments und des rates|des rates|der kommission"
            rf"|du parlement europ\u00e9en et du conseil|du conseil|de la commission)(?:,?\s+{day})?(?=,?\s|\x00|$)",
            r"(?:,?\s+adopted by the council on the basis of article [\w.]+ of the treaty on european union\b"
            r"|\s+[-\u2013\u2014] vom rat (?:aufgrund|auf der grundlage) .{5,90}? angenommen(?: [-\u2013\u2014])?"
            r"|,?\s+adopt\u00e9e? par le conseil sur la base de l.article [\w.]+ du trait\u00e9 sur l.union"
            r" europ\u00e9enne\b),?(?=\s)",
            rf"(?<=[\dA-Z])\s+{day}(?=,?\s|\x00)",
            r"\s+drafted in support of (?:council |commission )?(?:regulation|directive)\b[^,]*$",
            r"(?<=united kingdom) of great britain and northern ireland",
            r"\s*\((?:recast|codified version|accessible version|(?:html|pdf|word|web) version|updated)\)",
            r"^(?:the|an?)\s+(?=(?-i:[A-Z\d]))",
            r"^commission staff working document(?:[:,]|\s+[-\u2013])?\s+",
            r"(?<=the) council of europe(?= convention on)",
            r"^(?:[IVXL]+\.\s+)?\d+(?:\.\d+)*\.\s+(?=(?-i:[A-Z]))",
            r"^(?:press release|news story|inquiry summary|notice|news|guidance|publication|report)"
            r"\s*(?::|\s[-\u2013])\s+",
        )
    )


IDLE, UNNUMBERED_IDLE = _idle(_DAY), _idle(r"(?!)")
"""What says nothing of the subject, the idlest first; of an act without a number its day tells it from others."""
SHORT_FORM = re.compile(r"\s+\(([A-Z][A-Za-z&]{1,7})\)(?=[\s,:.;]|$)")
"""A short form in brackets behind a name that it repeats."""
KNOWN_AS = re.compile(
    r"(?:the\s+)?(?:[A-Z][\w\u2019'-]*(?:\s+|(?=\())|(?:of|for|on|in|and|against|the|to)\s+){3,14}"
    r"\((Europol|Eurojust|Frontex|CEPOL|EUAA|FRA|EIGE|GRETA|GREVIO|OSCE|UNODC|IOM|ILO|OHCHR|UNHCR)\)"
)
"""A body whose short form is better known than its name."""
FORMAL = re.compile(
    r"(?<=\S)(?:,|\s+and)\s+(?:(?:consequential|transitional|transitory|supplementary|supplemental|incidental|savings?"
    r"|miscellaneous|minor|further)(?:,?\s+(?:and\s+)?)?)+(?:\s*(?:provisions?|amendments?|modifications?))?(?=\))"
    r"|\s+and\s+savings?\s+provisions?(?=\))|\s+and\s+savings?(?=\))",
    re.IGNORECASE,
)
"""Formal purposes at the end of a bracket of a title, after its first."""
LONG_BRACKET = re.compile(
    r"(\((?:Commencement|Amendment|Consequential|Transitional|Revocation)[^(),]*?)"
    r"(?:,| and )(?:[^()]|\([^()]*\)){20,}?(?=\)(?!\)))"
)
"""A bracket of formal purposes with more than one part; its first stays."""

_NATION = (
    r"England|Wales|Scotland|Northern Ireland|Great Britain|United Kingdom|Ireland|Jersey|Guernsey|Isle of Man|E&W"
    r"|UK|EU"
)
PLACE = re.compile(
    rf"\b(?:{_NATION}|London|Albania|Andorra|Armenia|Austria|Azerbaijan|Belarus|Belgium|Bosnia and Herzegovina|Bulgaria"
    r"|Croatia|Cyprus|Czech Republic|Czechia|Denmark|Estonia|Finland|France|Georgia|Germany|Greece|Hungary|Iceland"
    r"|Israel|Italy|Kosovo|Latvia|Liechtenstein|Lithuania|Luxembourg|Malta|Moldova|Monaco|Montenegro|Netherlands"
    r"|North Macedonia|Norway|Poland|Portugal|Romania|Russia|San Marino|Serbia|Slovak Republic|Slovakia|Slovenia|Spain"
    r"|Sweden|Switzerland|T\u00fcrkiye|Turkey|Ukraine|Afghanistan|Bangladesh|Brazil|China|Eritrea|Ethiopia|Ghana|India"
    r"|Iran|Iraq|Libya|Morocco|Nigeria|Pakistan|Philippines|Sudan|Syria|Thailand|Tunisia|United States|Viet ?[Nn]am"
    r"|Africa|Asia|Middle East)\b"
)
"""Where a document is about: it parts reports on one subject."""
BRACKETED_NATION = re.compile(rf"\([^)]*\b(?:{_NATION})\b[^)]*\)")
BRACKET = re.compile(r"\((?:[^()]|\([^()]{1,60}\)){1,160}\)|\[[^\[\]]{1,120}\]")
QUOTATION = re.compile('[\u201c\u2018\u00ab"][^\u201c\u201d\u2018\u2019\u00ab\u00bb"]{1,60}[\u201d\u2019\u00bb"]')
INSTRUMENT = re.compile(
    r"(?<!\S)(?!\()(?:[A-Z][\w\u2019'-]*,?\s+|\([^()]*\)\s+|(?:of|and|for|the|to|in|on|against)\s+){1,12}"
    r"(?:Act|Order|Regulations?|Rules|Measure|Convention|Protocol|Directive|Scheme|Code|Bill|Decision)\b"
    r"(?:\s+\([^()]*\))*(?:\s+(?:No\.?\s+)?\d[\w/]*)?"
)
PROPER = re.compile(r"[A-Z][\w\u2019'&-]*(?:\s+(?:(?:of|for|on|in|and|against|the|to)\s+){0,2}[A-Z][\w\u2019'&-]*)+")
SET_PHRASE = re.compile(
    r"(?:traffick\w*|trade|commerce)\s+(?:in|of)\s+(?:human beings|persons|people|women|minors|children)"
    r"|forced (?:or compulsory )?labour|slavery, servitude|treaty on (?:the functioning of the )?european union",
    re.IGNORECASE,
)
STOP = re.compile(r"[:;?.]$|[,]$|^[-\u2013\u2014|/]$")
CLINGING = frozenset({"(EU)", "(EC)", "(EEC)", "(Euratom)", "(CFSP)", "No", "No.", "N\u00b0"})
"""Belongs to the word before: the series of an act, and the word before its number."""
LEADING_TO = frozenset({"regard", "pursuant", "related", "relating", "respect", "according", "contribution", "due"})
"""Words that "to" clings to."""
OPENERS = frozenset({
    "about", "accompanying", "after", "against", "amending", "among", "and", "as", "at", "before", "between", "by",
    "concerning", "during", "establishing", "following", "for", "from", "how", "implementing", "in", "including",
    "into", "laying", "on", "or", "over", "preventing", "protecting", "providing", "regarding", "relating",
    "repealing", "replacing", "setting", "since", "supplementing", "that", "through", "to", "towards", "under",
    "what", "when", "where", "which", "who", "whom", "why", "with", "within", "without",
})  # fmt: skip
"""Words with which a phrase begins."""
SMALL = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "been", "between", "by", "for", "from", "had", "has", "have", "her",
    "his", "how", "in", "into", "is", "it", "its", "not", "of", "on", "or", "our", "that", "the", "their", "these",
    "this", "those", "to", "under", "was", "were", "which", "who", "with", "your",
})  # fmt: skip
PALE = frozenset({
    "activities", "adopted", "amending", "certain", "commission", "committee", "concerning", "council", "covering",
    "dealt", "decision", "document", "first", "framework", "further", "general", "measures", "new", "period",
    "provisions", "regard", "relating", "repealing", "replacing", "report", "reports", "request", "review", "session",
    "staff", "summary", "working",
})  # fmt: skip
"""Words that say less of the subject than others."""
CORE = re.compile(r"slave|traffick|exploit|forced|servitude", re.IGNORECASE)
SUBJECT = re.compile(
    r"smuggl|referral|victim|prostitut|begging|organ|migrant|asylum|child"
    r"|immigra|deport|labour|worker|super-complaint|defence|offence|\bNRM\b",
    re.IGNORECASE,
)
LEADING = re.compile(r"(?:(?:of|and|for|the|to|in|on|against)\s+)+")
HANGING = re.compile(
    r"(?:\s+(?:a|an|and|as|at|between|by|for|from|in|into|its|of|on|or|the|their|to|under|with))+$", re.IGNORECASE
)
"""Small words that lead to what was cut off."""
LOOSE = " ,;:\u2013\u2014-/&"
NUMBER = re.compile(
    r"\b(?:19|20)\d\d\b|\d/\w|\bNo\.?\s?\d|\bH[CL]\s(?:paper\s)?\d"
    r"|\((?!under|as|in|pursuant)[^()]*\d[^()]*\)(?=\W*$|\s(?:\(|Act|Order|Regulations|Rules))"
    r"|\b(?:v|version|edition|issue|volume|part|phase)\.?\s?\d"
    r"|\b(?:first|second|third|fourth|fifth|sixth|[a-z]{3,8}th|\d+(?:st|nd|rd|th))\s+(?:\w+\s+)?(?:round|report|edition)",
    re.IGNORECASE,
)
"""A number or a year of the document: not that of an article or a count."""
KNOWN_BY = re.compile(r"^\([^()]*\b(?:regulation|directive|act|convention|code)\)\W*$", re.IGNORECASE)
"""The name by which an act is known, in a bracket behind its title."""
NOUN = re.compile(r"^(?:Act|Order|Regulations|Rules|Measure|Scheme)\b")
"""What an instrument is, where a bracket before it parts it from its subject."""
ASIDE = re.compile(r"\((?:under|as|in|pursuant)\b")
"""Begins a bracket that only says by what power something was made."""
OTHERS = re.compile(r"(?:and )?(?:replac|repeal|revok)ing\b|and amending\b", re.IGNORECASE)
"""Begins the naming of what an act does away with or amends beside its subject."""
ABOUT = re.compile(
    r"(?:on|concerning|laying down|establishing|regarding|relating to|\u00fcber|betreffend)\b", re.IGNORECASE
)
"""Begins the subject of an act."""
LIST = re.compile(r"and\b|[(,\d]|No\b")
"""Goes on with a list of instruments."""
AT = re.compile(rf"(?:and )?(?:for|in|by) (?:the )?(?:\w+ of )?(?!EU\b){PLACE.pattern}", re.IGNORECASE)
"""Names the place of a document."""
BINDING = re.compile(r"(?<![\w-])(?:originating|residing|living|working|operating|arriving|based|[a-z]{3,}ed)$")
"""Ends a phrase that says of something where, by whom or for what it is: the next one belongs to it."""
STANDING = re.compile(
    r"(?:(?:amending|accompanying|concerning|dated|establishing|following|implementing|laying|regarding|relating"
    r"|supplementing|betreffend|zur|concernant|modifiant|portant|relati(?:f|ve)s?)\b"
    rf"|{OTHERS.pattern}|{AT.pattern}"
    r"|(?:in|for|of|from|to|by|during)\b.*\b(?:19|20)\d\d(?:[-\u2013/]\d\d)?$)",
    re.IGNORECASE,
)
"""Stands where what was before it lacks: a clause of its own, a place, a year."""
