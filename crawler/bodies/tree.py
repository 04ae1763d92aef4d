"""HTML text into a tree, and the parts of a page that are its body.

What a page says without text of its own is put in as text: alternatives of images, and the options and hints of form
fields. The words of a label stand in the page anyway. Short alternatives name a logo or an icon, and are left out.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from lxml import etree

from crawler.bodies.selectors import elements
from crawler.errors import ParseError
from crawler.text import clean, permitted

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CHROME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:global-?)?(?:cookies?|gdpr|consent)[\w]*[\s_-]+(?:\w+[\s_-]+){0,2}?"
    r"(?:banner|bar|infobar|notice|message|popup|overlay|modal|dialog|law|consent|policy-?popup|wrapper|container|sdk)"
    r"|cookie[\s_-]?(?:banner|bar|box|notice|message|popup|consent|law|choice|info\b|alert|prompt|disclaimer|compliance)"
    r"|cybotcookiebot|onetrust|(?:^|\s)(?:cc-(?:window|banner)|ccc|ecl-cookie|ot-sdk|klaro|tarteaucitron)|sliding-popup"
    r"|cookiescript|iubenda-cs|usercentrics-root|didomi-|qc-cmp2|osano-cm|truste-consent|termly-code"
    r"|(?:^|[\s_-])breadcrumbs?\b|(?:^|\s)(?:(?:site|page|main|global)[_-]?)?footer(?=\s)",
    re.I,
)
"""Names of what asks for consent to cookies, of the way to a page from the first of its site, and of its footer."""
CHROME_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog"})
_SITE_FORM = re.compile(
    r"search|filter|facet|sort|language|newsletter|subscri|feedback|survey|rating|comment|log-?in|sign-?in|webform-contact",
    re.IGNORECASE,
)
MIN_LABELS = 3
"""Fewest labels of a form that a reader fills in: one to be sent news has fewer."""
_TEXTS = ("main", "article")
_BANNERS = frozenset({"div", "section", "p", "span", "ol", "ul"})
_HIDING = frozenset({"hidden", "style"})
_LOOKED_AT = _HIDING | {"role", "id", "class"}
"""Attributes that tell hidden elements and chrome from others."""
_AGO = re.compile(
    r"(?:(?:published|posted|updated|modified)\s+)?(?:just now|today|yesterday|(?:(?:about|over|almost)\s+)?"
    r"(?:an?|one|\d{1,3})\s*(?:s|sec(?:ond)?s?|m|min(?:ute)?s?|h|hrs?|hours?|d|days?|w|weeks?|months?|y|years?)\s+ago)"
    r"|(?:il y a|vor|hace|hai)\s[^.]{1,20}|[^.]{1,20}\s(?:geleden|yn \u00f4l|fa)"
    r"|heute|gestern|hier|aujourd['\u2019]hui",
    re.I,
)
"""How long ago something was, as a whole text: it is another each day, whatever the page says."""
_ROLE_MAIN = etree.XPath(".//*[@role='main']")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NAMESPACE = "{http://www.w3.org/1999/xhtml}"


def tree(html: str, url: str) -> etree._Element | None:
    """Return the root element of an HTML text, None where it has no element and no text.

    Comments and processing instructions are gone, so the text around them is one; so are control characters, which
    HTML may hold, as themselves or as references, and no tree takes back where a text is set.

    Raises:
        ParseError: elements nested so deeply that the parser lost some of them.
    """
    root = _xhtml(html) if "http://www.w3.org/1999/xhtml" in html[:2000] else None
    if root is None:
        root = _html(html, url)
    if root is not None and ("&#" in html or permitted(html) != html):
        for node in root.iter():
            node.text, node.tail = node.text and permitted(node.text), node.tail and permitted(node.tail)
    return root


def _html(html: str, url: str) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(html.replace("\x00", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None  # libxml2 calls a text without any element or word an error
    if any("depth" in entry.message for entry in parser.error_log):
        raise ParseError(url, "HTML nested too deeply to be read whole")
    return root


def _xhtml(html: str) -> etree._Element | None:
    """Return the tree of well-formed XHTML: an HTML parser takes ``<title/>`` for one that is never closed."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    if "<!ENTITY" in html:
        return None
    try:
        root = etree.fromstring(html.lstrip().encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    for element in root.iter(f"{_NAMESPACE}*"):
        element.tag = str(element.tag)[len(_NAMESPACE) :]
    return root if root.tag == "html" else None


def bodies(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements that may be the body of a page, best first: main, role main, the only article, body."""
    yield from root.iter("main")
    yield from elements(_ROLE_MAIN, root)
    articles = [article for article in root.iter("article") if next(article.iterancestors("article"), None) is None]
    if len(articles) == 1:
        yield articles[0]
    yield from root.iter("body")
    yield root


def unwanted(root: etree._Element, *, page: bool) -> set[etree._Element]:
    """Return the elements below a root that hold no words of the document: hidden ones, and the chrome of a page.

    So are times that say how long ago they were beside the one that they state for programs.
    ``page`` tells a whole page, with site navigation and the like, from a fragment that a publisher's API gives.
    """
    found = set()
    # A loop over all: an XPath with these conditions takes ten times as long.
    for element in root.iter():
        names = element.keys()
        if not names or _LOOKED_AT.isdisjoint(names):
            continue
        hidden = not _HIDING.isdisjoint(names) and _is_hidden(element)
        if hidden or (page and ("role" in names or element.tag in _BANNERS) and _is_chrome(element)):
            found.add(element)
    found.update(time for time in root.iter("time") if time.get("datetime") and _AGO.fullmatch(_said(time)))
    if page:
        found.update(root.iter("nav"))
        found.update(aside for aside in root.iter("aside") if not _says_whom_to_call(aside, root))
        found.update(form for form in root.iter("form") if not _is_wrapper(form) and not _is_filled_in(form, root))
        found.update(bar for bar in root.iter("header", "footer") if not _is_sectional(bar, root))
    return found


def is_unseen(element: etree._Element) -> bool:
    """Return whether an element is one of the unwanted ones of a fragment, for those who read only its beginning."""
    names = element.keys()
    if not names:
        return False
    if not _HIDING.isdisjoint(names) and _is_hidden(element):
        return True
    return element.tag == "time" and bool(element.get("datetime")) and _AGO.fullmatch(_said(element)) is not None


def _said(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _is_hidden(element: etree._Element) -> bool:
    # hidden="until-found" is text that a reader finds by searching (GOV.UK accordions and tabs).
    if element.get("hidden", "until-found") != "until-found":
        return True
    return _HIDDEN.search(element.get("style", "")) is not None


def _is_chrome(element: etree._Element) -> bool:
    if element.get("role") in CHROME_ROLES:
        return True
    if element.tag not in _BANNERS:
        return False
    names = f"{element.get('id', '')} {element.get('class', '')} "
    if len(names) <= 2:
        return False
    if element.get("aria-modal") == "true":
        return True
    return _has_chrome_name_again(names) if len(names) <= _MAX_CACHED_CHARACTERS else _has_chrome_name(names)


def _has_chrome_name(names: str) -> bool:
    return _CHROME_NAMES.search(names) is not None


_MAX_CACHED_CHARACTERS = 100
"""Most characters of names that are remembered: the pages of a site have the same ones again and again."""

_has_chrome_name_again = lru_cache(maxsize=4096)(_has_chrome_name)


def _says_whom_to_call(aside: etree._Element, root: etree._Element) -> bool:
    """Return whether this is a box in the text with a telephone number, and not one with links elsewhere."""
    if root.tag not in _TEXTS and next(aside.iterancestors(*_TEXTS), None) is None:
        return False
    return any(link.get("href", "").lower().startswith("tel:") for link in aside.iter("a"))


def _is_wrapper(form: etree._Element) -> bool:
    """Return whether this is the form that ASP.NET puts around a whole page, not a form that a reader fills in."""
    if next(form.iter("h1", "main", "article"), None) is not None:
        return True
    return any(field.get("name") == "__VIEWSTATE" for field in form.iter("input"))


def serves_site(form: etree._Element) -> bool:
    """Whether a form belongs to the site: to find something, to choose a language, to be told or to be heard."""
    named = (form.get(name, "") for name in ("role", "id", "class", "action", "name"))
    return _SITE_FORM.search(" ".join(named)) is not None


def _is_filled_in(form: etree._Element, root: etree._Element) -> bool:
    """Return whether a reader fills in a form of the text, with several labelled fields; no search box."""
    if root.tag not in _TEXTS and next(form.iterancestors(*_TEXTS), None) is None:
        return False
    return not serves_site(form) and sum(1 for _ in form.iter("label", "legend")) >= MIN_LABELS


def _is_sectional(bar: etree._Element, root: etree._Element) -> bool:
    """Return whether this is the header of a section or the source under a quotation, not of the page."""
    ancestors = {ancestor.tag for ancestor in bar.iterancestors()}
    if bar.tag == "footer":
        return "blockquote" in ancestors
    has_heading = next(bar.iter(*_HEADINGS[1:]), None) is not None
    return has_heading and (bool(ancestors & {"article", "section", "main"}) or root.tag in {"article", "main"})


MIN_ALTERNATIVE_WORDS = 4
"""Fewest words of the alternative of an image that says something."""
MIN_HINT_WORDS = 2
"""Fewest words of a hint inside a field: "Search" is none."""
MAX_OPTIONS = 100
"""Most options of a list of choices that are read; one of all countries says no more by the rest."""
_TYPED = frozenset({"", "date", "email", "number", "search", "tel", "text", "url"})


def spell_out(root: etree._Element, unwanted: Collection[etree._Element]) -> None:
    """Put the alternatives of images, and the choices and hints of form fields, into a tree as text in their places.

    The places are those of the elements, which become lines of text; what is ``unwanted`` stays.
    """
    for element in list(root.iter("img", "select", "input", "textarea")):
        if element in unwanted or element is root or (element.tag != "img" and _is_of_site(element)):
            continue
        said = clean(_said_without_text(element))
        if not said:
            continue
        for child in list(element):
            element.remove(child)
        tail = element.tail
        element.tag = "span"
        element.attrib.clear()
        element.text, element.tail = f" {said} ", tail


def _is_of_site(element: etree._Element) -> bool:
    form = next(element.iterancestors("form"), None)
    return serves_site(element) or (form is not None and serves_site(form))


def _said_without_text(element: etree._Element) -> str:
    if element.tag == "img":
        alternative = clean(element.get("alt", ""))
        return f"(image: {alternative})" if len(alternative.split()) >= MIN_ALTERNATIVE_WORDS else ""
    if element.tag == "select":
        options = list(_options(element))
        return f"({'; '.join(options)})" if options else ""
    hint = clean(element.get("placeholder", ""))
    is_typed = element.tag == "textarea" or element.get("type", "").lower() in _TYPED
    return f"({hint})" if is_typed and len(hint.split()) >= MIN_HINT_WORDS else ""


def _options(select: etree._Element) -> Iterator[str]:
    for number, option in enumerate(select.iter("option")):
        if number >= MAX_OPTIONS:
            return
        if words := clean(option.get("label", "") or "".join(map(str, option.itertext()))):
            yield words
