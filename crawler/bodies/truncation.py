"""Whether a page of HTML breaks off, or a part of it failed: a server that fails ends it in order for HTTP.

End tags of ``html`` and ``body`` may be left out, and some programs do so; those of what is counted here may not.
https://html.spec.whatwg.org/multipage/syntax.html#optional-tags
"""

from __future__ import annotations

import re

_PAGE = re.compile(rb"<(?:html|body)\b", re.I)
_END = re.compile(rb"</(?:html|body)\b", re.I)
_ENCLOSING = re.compile(rb"<(/?)(?:main|article|section|div|form|table|ul|ol)\b", re.I)
# What Apache, PHP, ASP.NET, Python, Liquid and Drupal print where a part of a page was to stand.
_FAILED = re.compile(
    rb"\[an error occurred while processing (?:this|the) directive\]|<b>(?:fatal|parse) error</b>:\s|"
    rb"<b>warning</b>:\s+\w+\(|php (?:fatal|parse) error: |fatal error: uncaught |"
    rb"server error in '[^']{0,99}' application|traceback \(most recent call last\)|"
    rb"liquid (?:syntax )?error(?: \(|: )|pdoexception: |sqlstate\[",
    re.I,
)


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


def failed_in_part(body: bytes) -> bool:
    """Return whether a server printed an error of its own where a part of the page was to stand.

    >>> failed_in_part(b"<h2>Referral</h2>[an error occurred while processing this directive]")
    True
    >>> failed_in_part(b"<p>An error occurred while processing the claim. <b>Warning</b>: call the police.</p>")
    False
    """
    return _FAILED.search(body) is not None
