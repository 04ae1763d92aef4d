"""Small office files for tests, with only the parts that a reader needs. Text is ours and says that it is a sample."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "style")
) + ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'  # fmt: skip


def packed(parts: Mapping[str, str | bytes], *, first: str = "") -> bytes:
    """Return a ZIP file of parts; ``first`` is the media type that OpenDocument puts before all others."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        if first:
            file.writestr(_about("mimetype"), first)
        for name, content in parts.items():
            about = _about(name)
            about.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(about, content)
    return out.getvalue()


def _about(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))


def docx(body: str, *, footnotes: str = "", title: str = "", more: Mapping[str, str] | None = None) -> bytes:
    """Give a DOCX file; ``body`` is WordprocessingML with the prefix w, styles are Title, Heading1, Heading2, TOC1."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{outline}</w:style>'
        for key, name, outline in (
            ("Title", "Title", ""), ("Heading1", "heading 1", ""), ("Heading2", "heading 2", ""),
            ("TOC1", "toc 1", ""), ("Own", "Own style", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
        )
    )  # fmt: skip
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}<w:sectPr/></w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{_W}">{styles}</w:styles>',
        **(more or {}),
    }
    if footnotes:
        parts["word/footnotes.xml"] = f'<w:footnotes xmlns:w="{_W}">{footnotes}</w:footnotes>'
    if title:
        parts["docProps/core.xml"] = (
            f"<p xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>{escape(title)}</dc:title></p>"
        )
    return packed(parts)


def para(text: str, *, style: str = "", bold: str = "") -> str:
    """Return a paragraph of WordprocessingML that opens with words in bold."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    lead = f"<w:r><w:rPr><w:b/></w:rPr><w:t>{escape(bold)}</w:t></w:r>" if bold else ""
    return f'<w:p>{properties}{lead}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def odt(body: str, *, title: str = "", manifest: str = "", more: Mapping[str, str] | None = None) -> bytes:
    """Return an ODT file; ``body`` is OpenDocument with its usual prefixes; the text style B is bold."""
    styles = (
        '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    styles = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    return _open_document("text", styles, body, title, manifest, more)


def ods(tables: str, *, title: str = "") -> bytes:
    """Return an ODS workbook of tables."""
    hidden = (
        '<style:style style:name="H" style:family="table"><style:table-properties table:display="false"/></style:style>'
    )
    styles = f"<office:automatic-styles>{hidden}</office:automatic-styles>"
    return _open_document("spreadsheet", styles, tables, title, "", None)


def _open_document(
    kind: str, styles: str, body: str, title: str, manifest: str, more: Mapping[str, str] | None
) -> bytes:
    content = (
        f"<office:document-content {_ODF}>{styles}<office:body><office:{kind}>{body}</office:{kind}></office:body>"
        "</office:document-content>"
    )
    parts = {"content.xml": content, "META-INF/manifest.xml": manifest or "<manifest/>", **(more or {})}
    if title:
        parts["meta.xml"] = f"<m xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>{escape(title)}</dc:title></m>"
    return packed(parts, first=f"application/vnd.oasis.opendocument.{kind}")


def xlsx(sheets: Mapping[str, str], *, texts: Sequence[str] = (), hidden: Sequence[str] = ()) -> bytes:
    """Return an XLSX workbook; sheets hold rows. Cell formats: 0 plain, 1 date, 2 percent, 3 an own date."""
    listed = relations = ""
    parts: dict[str, str] = {"[Content_Types].xml": "<Types/>"}
    for place, (name, rows) in enumerate(sheets.items(), 1):
        state = ' state="hidden"' if name in hidden else ""
        listed += f'<sheet name={quoteattr(name)} sheetId="{place}"{state} r:id="rId{place}"/>'
        relations += f'<Relationship Id="rId{place}" Type="{_R}/worksheet" Target="worksheets/sheet{place}.xml"/>'
        parts[f"xl/worksheets/sheet{place}.xml"] = (
            f'<worksheet xmlns="{_S}"><sheetData>{rows}</sheetData></worksheet>'
        )  # fmt: skip
    parts["xl/workbook.xml"] = f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets>{listed}</sheets></workbook>'
    parts["xl/_rels/workbook.xml.rels"] = f"<Relationships>{relations}</Relationships>"
    parts["xl/sharedStrings.xml"] = (
        f'<sst xmlns="{_S}">' + "".join(f"<si><t>{escape(each)}</t></si>" for each in texts) + "</sst>"
    )  # fmt: skip
    parts["xl/styles.xml"] = (
        f'<styleSheet xmlns="{_S}"><numFmts><numFmt numFmtId="164" formatCode="d mmm yyyy"/></numFmts><cellXfs>'
        + "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 9, 164))
        + "</cellXfs></styleSheet>"
    )
    return packed(parts)


def row(number: int, *cells: str | float | tuple[float, int]) -> str:
    """Give a row of SpreadsheetML: texts, numbers, and numbers with a cell format; an empty text leaves a cell out."""
    found = ""
    for place, cell in enumerate(cells):
        reference = f"{chr(65 + place)}{number}"
        if isinstance(cell, tuple):
            found += f'<c r="{reference}" s="{cell[1]}"><v>{cell[0]}</v></c>'
        elif isinstance(cell, str):
            found += f'<c r="{reference}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>' if cell else ""
        else:
            found += f'<c r="{reference}"><v>{cell}</v></c>'
    return f'<row r="{number}">{found}</row>'


_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DRAWN = f'xmlns:p="{_P}" xmlns:a="{_A}" xmlns:r="{_R}"'


def pptx(
    slides: Sequence[str], *, notes: Mapping[int, str] | None = None, hidden: Sequence[int] = (), title: str = "",
    more: Mapping[str, str] | None = None,
) -> bytes:  # fmt: skip
    """Return a presentation of slides, each the shapes on it; notes and hidden slides by number, listed backwards."""
    parts = {"[Content_Types].xml": "<Types/>", **(more or {})}
    listed = relations = ""
    for number, shapes in enumerate(slides, 1):
        file = f"slide{len(slides) + 1 - number}.xml"
        show = ' show="0"' if number in hidden else ""
        listed += f'<p:sldId id="{255 + number}" r:id="rId{number}"/>'
        relations += f'<Relationship Id="rId{number}" Type="{_R}/slide" Target="slides/{file}"/>'
        parts[f"ppt/slides/{file}"] = f"<p:sld {_DRAWN}{show}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
        if said := (notes or {}).get(number):
            parts[f"ppt/notesSlides/n{number}.xml"] = (
                f"<p:notes {_DRAWN}><p:cSld><p:spTree>{said}</p:spTree></p:cSld></p:notes>"
            )
        parts[f"ppt/slides/_rels/{file}.rels"] = (
            f'<Relationships><Relationship Id="rId1" Type="{_R}/notesSlide" Target="../notesSlides/n{number}.xml"/>'
            f'<Relationship Id="rId2" Type="{_R}/diagramData" Target="/ppt/diagrams/data1.xml"/>'
            '<Relationship Id="rId3" Target="mailto:sample@sample.invalid" TargetMode="External"/></Relationships>'
        )
    parts["ppt/presentation.xml"] = f"<p:presentation {_DRAWN}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>"
    parts["ppt/_rels/presentation.xml.rels"] = f"<Relationships>{relations}</Relationships>"
    if title:
        parts["docProps/core.xml"] = (
            f"<p xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>{escape(title)}</dc:title></p>"
        )
    return packed(parts)


def shape(*paragraphs: str, place: str = "", about: str = "") -> str:
    """Return a shape with paragraphs: runs of DrawingML, or plain words; ``place`` is the type of its placeholder."""
    placed = f'<p:nvPr><p:ph type="{place}"/></p:nvPr>' if place else "<p:nvPr/>"
    text = "".join(f"<a:p>{each if each.startswith('<') else run(each)}</a:p>" for each in paragraphs)
    return f'<p:sp><p:nvSpPr><p:cNvPr id="2"{about}/>{placed}</p:nvSpPr><p:txBody>{text}</p:txBody></p:sp>'


def run(text: str, *, link: str = "") -> str:
    """Return a run of DrawingML, which is a link where the id of a relation is given."""
    properties = f'<a:rPr><a:hlinkClick r:id="{link}"/></a:rPr>' if link else ""
    return f"<a:r>{properties}<a:t>{escape(text)}</a:t></a:r>"
