"""Where the links of office files lead, said behind their words where a reader must know it, as on a web page."""

from __future__ import annotations

from lxml import etree

from crawler.bodies import link_targets
from crawler.bodies.office.package import Package, attribute


def say_in_word(root: etree._Element, package: Package) -> None:
    """Add a run with what must be known of its target to each link of Word that has one."""
    links = list(root.iter("{*}hyperlink"))
    led = _relations(package, "word/_rels/document.xml.rels") if links else {}
    for link in links:
        if said := link_targets.target(led.get(attribute(link, "id"), ""), _words(link)):
            space = str(link.tag).rpartition("}")[0]
            run = etree.SubElement(link, f"{space}}}r")
            etree.SubElement(run, f"{space}}}t").text = f" ({said})"


def say_in_open_document(root: etree._Element) -> None:
    """Add what must be known of its target to the words of each link of an OpenDocument text."""
    for link in root.iter("{*}a"):
        if said := link_targets.target(attribute(link, "href"), _words(link)):
            if len(link):
                link[-1].tail = f"{link[-1].tail or ''} ({said})"
            else:
                link.text = f"{link.text or ''} ({said})"


def _relations(package: Package, name: str) -> dict[str, str]:
    if name not in package.names:
        return {}  # damaged, or a link within the file
    return {attribute(each, "Id"): attribute(each, "Target") for each in package.tree(name)}


def _words(link: etree._Element) -> str:
    return "".join(map(str, link.itertext()))
