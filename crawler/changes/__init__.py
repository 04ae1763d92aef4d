"""What changed between two versions of a document: pure values in, values out.

    digest(version), section_digest(section)    same digest, same words
    compare(old, new)                           the differences, provision by provision
    is_left_out(difference, old, new)           whether a version merely carries no provisions of that kind
    apply(old, differences)                     the way back: same digest as new
    words(before, after)                        words kept, deleted and inserted
    significance(difference, representation)    legal effect, substantive or editorial, by rule
    flags(difference)                           which facts and duties changed, from the closed set FLAGS

Three laws hold: ``digest(apply(old, compare(old, new))) == digest(new)``; digests differ exactly when there is a
difference; nothing is told as removed whose words still stand, nothing as added whose words stood. Everything is
deterministic, and the work is bounded whatever the texts.
"""

from crawler.changes.apply import apply
from crawler.changes.compare import compare, is_left_out
from crawler.changes.digests import digest, digest_over, section_digest, section_digests, wording
from crawler.changes.significance import COMMENTARY, FLAGS, flags, significance
from crawler.changes.words import words

__all__ = [
    "COMMENTARY",
    "FLAGS",
    "apply",
    "compare",
    "digest",
    "digest_over",
    "flags",
    "is_left_out",
    "section_digest",
    "section_digests",
    "significance",
    "wording",
    "words",
]
