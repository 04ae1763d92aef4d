"""The same text in the other markup: what is ``P1group`` as enacted is ``Pblock`` as revised, and so on.

Nothing of what it says changes, so nothing may be told.
"""

from lxml import etree

from tests.law.marks import LEG, QUOTES, tree

_SCHEDULE, _TITLE, _GROUP = f"{LEG}Schedule", f"{LEG}Title", f"{LEG}P1group"
_KEPT = (*QUOTES, f"{LEG}Commentaries")


def restyle(body: bytes) -> bytes:
    """Return a text in the other markup."""
    root = tree(body)
    for group in list(root.iter(_GROUP)):
        only = all(child.tag in (_TITLE, f"{LEG}P1") for child in group)
        if only and next(group.iterancestors(_SCHEDULE), None) is not None and not _is_kept(group):
            group.tag = f"{LEG}Pblock"
            for title in group.iterchildren(_TITLE):
                _wrap(title, "Emphasis")
    for each in list(root.iter(f"{LEG}P1", f"{LEG}Number", f"{LEG}Text", _TITLE)):
        if _is_kept(each):
            continue
        if each.tag == f"{LEG}P1":
            for number in each.iterchildren(f"{LEG}Pnumber"):
                number.set("PuncAfter", "")
        elif each.tag == f"{LEG}Number":
            _wrap(each, "Strong")
        else:
            each.text = (each.text or "").replace("\u2019", "'").replace("\u201c", " \u201c ").replace(" (", "  ( ")
    return etree.tostring(root)


def _is_kept(element: etree._Element) -> bool:
    return next(element.iterancestors(*_KEPT), None) is not None


def _wrap(element: etree._Element, name: str) -> None:
    """Put all that an element holds into a new one in it."""
    inner = etree.Element(LEG + name)
    inner.text, element.text = element.text, None
    inner.extend(list(element))
    element.append(inner)
