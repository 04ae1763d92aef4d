"""Denmark and Ireland: an act's own recitals count, in the forms that they have; others say nothing of it."""

import pytest

from crawler.law import taking_part

NOT = "is not taking part in the adoption of this Regulation and is not bound by it or subject to its application."
NOTIFIED = "their wish to take part in the adoption and application of this Directive."


@pytest.mark.parametrize(
    ("recital", "said"),
    [
        (f"In accordance with Articles 1 and 2 of Protocol (No 22), Denmark {NOT}", ("Denmark is not bound",)),
        (f"In accordance with Protocol No 21, and without prejudice to Article 4 thereof, Ireland {NOT}",
         ("Ireland is not bound",)),
        (f"In accordance with Article 3 of the Protocol, the United Kingdom and Ireland have notified {NOTIFIED}",
         ("Ireland takes part",)),
        ("In accordance with Article 3 of that Protocol, Ireland has notified, by letter of 20 April 2023, its wish to "
         "take part in the adoption and application of this Directive.", ("Ireland takes part",)),
        ("Ireland is taking part in this Regulation, in accordance with Article 5(1) of Protocol No 19.",
         ("Ireland takes part",)),
        ("In accordance with it, the United Kingdom and Ireland are not taking part in the adoption of this "
         "Directive and are not bound by it or subject to its application.", ("Ireland is not bound",)),
        ("This Regulation is a development of the Schengen acquis in which Ireland does not take part; Ireland "
         "is therefore not taking part in its adoption and is not bound by it or subject to its application.",
         ("Ireland is not bound",)),
        ("Denmark is not bound by Directive 2011/36/EU or subject to its application.", ()),
        ("Ireland has notified its wish to take part in the adoption of Regulation (EU) 2016/794.", ()),
        ("Denmark is not bound by the rules laid down in Article 5(1) of this Regulation.",
         ("Denmark is not bound by some of its rules",)),
        ("Ireland is not bound by the rules laid down in this Directive which relate to data.",
         ("Ireland is not bound by some of its rules",)),
        ("Denmark is not bound by the rules laid down in Article 5(1) of Regulation (EU) 2016/794.", ()),
        ("Ireland has not notified its wish to take part in the adoption of this Directive.", ()),
        ("Ireland may notify its wish to take part in the adoption and application of this Directive.", ()),
        ("As this Regulation builds upon the Schengen acquis, Denmark shall decide within six months whether to "
         "implement it.", ()),
    ],
)  # fmt: skip
def test_only_what_a_recital_says_of_its_own_act_is_read(recital: str, said: tuple[str, ...]) -> None:
    assert taking_part([recital]) == said


def test_recitals_that_contradict_one_another_say_nothing() -> None:
    takes = "Ireland is taking part in the adoption of this Regulation."
    assert taking_part([f"Ireland {NOT}", takes]) == ()
    assert taking_part([f"Denmark {NOT}", takes]) == ("Denmark is not bound", "Ireland takes part")
