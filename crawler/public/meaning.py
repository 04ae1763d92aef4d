"""What an issue means for a reader."""

from __future__ import annotations

from collections.abc import Mapping

MEANING: Mapping[str, str] = {
    "zero": "Its list was empty, which it never should be. New documents may be missing here.",
    "drop": "Its list became much shorter at once. Documents may be missing here; nothing is taken as withdrawn.",
    "many": "Its list became much longer than it should be, so we may have read the wrong page.",
    "none read": "It lists documents, and we could read none of them. What changed there is not shown here.",
    "age": "Nothing new has appeared there for longer than usual. It may have moved or stopped.",
    "challenge": "It asked us to prove that we are not a robot, so we read nothing.",
    "soft404": "A page said “not found” although the server called it fine. We kept the earlier text.",
    "shrunk": "A text is much shorter, breaks off or stands on many pages. We show the earlier one until confirmed.",
    "ended": "The publisher says that this feed has ended. Changes there no longer reach us.",
    "gap": "There was more that was new than one visit reads. Something in between may be missing.",
    "circle": "Its pages lead round in a circle. We read each once; whether it has more cannot be told.",
    "trap": "It leads to ever more pages that say nothing of their own. These are no news; not all are read at once.",
    "unreachable": "The server did not answer, or answered with an error. What changed there is not shown here.",
    "robots": "Its rules for robots do not let us read it, or could not be read.",
    "parse": "A page could not be read as it promises to be. We kept the earlier text.",
    "status": "The server answered with an error. What changed there is not shown here.",
    "cut": "What arrived was cut short, so we do not use it. We kept the earlier text.",
    "empty": "What arrived was empty. We kept the earlier text.",
    "error": "An error message, or that the site is closed for now, stood in its place. We kept the earlier text.",
    "limit": "It took too long or too much memory to read. We kept the earlier text.",
    "fault": "Our own program failed on it. We kept the earlier text, and read it again once the program is mended.",
    "config": "It is set up wrongly here, so it was not read.",
    "redirected": "Its address leads elsewhere now. It may have moved.",
    "late": "The next edition of a series that it would list was expected and is not seen by us. The source is well.",
    "no edition": "No edition of a series that it should list was ever found, so we may look for the wrong title.",
    "lost": "Something asked for was not answered, and will be asked again.",
}
"""What an issue means for a reader, by kind; one without an entry here speaks for itself."""
