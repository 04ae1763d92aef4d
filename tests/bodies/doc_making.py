"""Small old Word files (DOC) for tests: one text, whose paragraphs have no styles. Text is ours and says so.

https://learn.microsoft.com/openspecs/office_file_formats/ms-doc and ms-cfb
"""

import struct

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_TEXT = 1024
"""Place of the text in the stream WordDocument."""


def doc(text: str, *, flags: int = 0x0200, repeats: int = 1) -> bytes:
    """Return a DOC file of paragraphs that end with line breaks; ``flags`` are those of its header (FibBase).

    The text stands in it once, and is read as often as ``repeats`` says.
    """
    words = (text.replace("\n", "\r") + "\r").encode("utf-16-le")
    pages = -(-(_TEXT + len(words)) // _SECTOR)
    first, end = struct.pack("<II", _TEXT, _TEXT + len(words)), len(words) // 2
    starts = struct.pack(f"<{repeats + 1}I", *range(0, end * (repeats + 1), end))
    pieces = starts + struct.pack("<HIH", 0, _TEXT, 0) * repeats
    table = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    places = {33: (0, len(table)), 12: (len(table), 12), 13: (len(table) + 12, 12)}
    table += first + struct.pack("<I", pages) + first + struct.pack("<I", pages + 1)
    main = bytearray(_header(places, end * repeats, flags).ljust(_TEXT, b"\0") + words)
    main += bytes(pages * _SECTOR - len(main))
    for described in (b"\0", bytes(13)):
        main += (first + described).ljust(_SECTOR - 1, b"\0") + b"\x01"
    return compound({"WordDocument": bytes(main), "1Table": table})


def _header(places: dict[int, tuple[int, int]], characters: int, flags: int) -> bytes:
    counts = [0] * 22
    counts[3] = characters
    pairs = [number for place in range(93) for number in places.get(place, (0, 0))]
    base = struct.pack("<HHHHHHHIBB12x", 0xA5EC, 0xC1, 0, 0x0809, 0, flags, 0xBF, 0, 0, 0)
    return base + struct.pack("<H28xH22IH186IH", 14, 22, *counts, 93, *pairs, 0)


def compound(streams: dict[str, bytes]) -> bytes:
    """Return a compound file with streams, each of at least 4,096 bytes."""
    chains, sectors = [], b""
    for content in streams.values():
        filled = content.ljust(max(4096, -(-len(content) // _SECTOR) * _SECTOR), b"\0")
        chains.append((2 + len(sectors) // _SECTOR, len(filled)))
        sectors += filled
    table = [_FAT, _END]
    for start, size in chains:
        table += [*range(start + 1, start + size // _SECTOR), _END]
    assert len(table) <= _SECTOR // 4, "more than one sector says where the others are"
    fat = struct.pack(f"<{len(table)}I", *table).ljust(_SECTOR, b"\xff")
    entries = _entry("Root Entry", 5, _END, 0, child=1)
    for place, (name, (start, size)) in enumerate(zip(streams, chains, strict=True), 1):
        entries += _entry(name, 2, start, size, right=place + 1 if place < len(streams) else _FREE)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0,
        _END, 0,
    )  # fmt: skip
    return header + struct.pack("<I", 0).ljust(436, b"\xff") + fat + entries.ljust(_SECTOR, b"\0") + sectors


def _entry(name: str, kind: int, start: int, size: int, *, right: int = _FREE, child: int = _FREE) -> bytes:
    spelled = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI16xIQ", spelled, len(spelled), kind, 1, _FREE, right, child, 0, start, size
    )  # fmt: skip
