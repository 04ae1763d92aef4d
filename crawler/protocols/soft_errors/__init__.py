"""What servers say instead of a document while they call it one: that it is missing, that they are closed, a check.

Only titles are looked at: texts of law and guidance speak of missing people and of pages that do not exist, too.
"""

from crawler.protocols.soft_errors.not_found import says_missing
from crawler.protocols.soft_errors.outages import may_say_closed, says_closed
from crawler.protocols.soft_errors.robot_checks import says_check

__all__ = ["may_say_closed", "says_check", "says_closed", "says_missing"]
