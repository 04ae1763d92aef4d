"""Whether a page of HTML breaks off: a server that fails in the middle ends it in order for HTTP.

End tags of ``html`` and ``body`` may be left out, and some programs do so; those of what is counted here may not.
https://html.spec.whatwg.org/multipage/syntax.html#optional-tags
"""

from __future__ import annotations

import re

_PAGE = re.compile(rb"<(?:html|body)\b", re.I)
_END = re.compile(rb"</(?:html|body)\b", re.I)
_ENCLOSING = re.compile(rb"<(/?)(?:main|article|section|div|form|table|ul|ol)\b", re.I)


def breaks_off(body: bytes) -> bool:
    """Return whether a whole page has no end, and breaks off inside a tag or an element that must be ended.

    >>> page = b"<html><body><div><p>One<p>Two</div>"
    >>> [breaks_off(each) for each in (page, page + b"</body>", page[:-6], page[:-3], b"<div>a fragment")]
    [False, False, True, True, False]
    """
    if not _PAGE.search(body) or _END.search(body):
        return False
    ends = _ENCLOSING.findall(body)
    return ends.count(b"") > ends.count(b"/") or body.rfind(b"<") > body.rfind(b">")
