"""A PDF: the same pages, without who made it, what runs in it and what was hidden in it.

Gone are names, programs, dates and earlier versions; scripts and everything that starts by itself;
files inside it, forms that send, sound and film; addresses outside the document; and what telephone
photos in it say about their place. The words on the pages stay as they are, a name in them too.
"""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Name, Pdf

# Of whatever thing in the document: what it says about its making, and what it does.
HIDDEN = (
    *("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AF", "/EF", "/XFA", "/JS"),
    *("/AA", "/OpenAction", "/JavaScript", "/EmbeddedFiles", "/Collection", "/DSS", "/Perms"),
    *("/URI", "/SpiderInfo", "/Requirements", "/OutputIntents", "/Renditions"),
)
# Notes in the margin keep their words; whose they are and from when goes.
ABOUT_A_NOTE = ("/T", "/M", "/CreationDate", "/NM", "/RC", "/Subj")
ANNOTATIONS_THAT_DO = frozenset(
    ("/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/Projection")
)
WITHIN = "/GoTo"  # the one action that stays: to another page of the same document
JPEG = "/DCTDecode"


class StillLocked(ValueError):
    """It opens with a password only."""


def rehearse() -> None:
    """One empty page in and out."""
    page = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(page)
    cleaned(page.getvalue())


def cleaned(content: bytes) -> bytes:
    """D and the PDF written anew: what nothing points to any more is not written."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if not len(pdf.pages):
            raise StillLocked
        _forget_the_maker(pdf)
        for page in pdf.pages:
            _quiet(page.obj)
        for thing in _things(pdf):
            _strip(thing)
        pdf.save(out, encryption=False, deterministic_id=True, recompress_flate=False)
    return b"D" + out.getvalue()


def _forget_the_maker(pdf: Pdf) -> None:
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]


def _things(pdf: Pdf) -> Iterator[pikepdf.Object]:
    for thing in pdf.objects:
        if isinstance(thing, Dictionary | pikepdf.Stream):
            yield thing
        elif isinstance(thing, pikepdf.Array):
            yield from _inside(thing)


def _quiet(page: pikepdf.Object) -> None:
    """No attached file, film or sound on a page, and no click that leads out of it."""
    notes = page.get("/Annots")
    if notes is None:
        return
    kept = [note for note in notes if _stays(note)]
    for note in kept:
        for key in ABOUT_A_NOTE:
            if key in note and not (key == "/T" and note.get("/Subtype") == Name.Widget):
                del note[key]
    page.Annots = pikepdf.Array(kept)


def _stays(note: pikepdf.Object) -> bool:
    return isinstance(note, Dictionary) and str(note.get("/Subtype")) not in ANNOTATIONS_THAT_DO


def _strip(thing: pikepdf.Object) -> None:
    """One dictionary or stream of the document, and the small ones that lie inside it."""
    for key in HIDDEN:
        if key in thing:
            del thing[key]
    if _leads_out(thing.get("/A")):
        del thing["/A"]
    if isinstance(thing, pikepdf.Stream):
        _strip_photo(thing)
    for inner in _inside(thing):
        _strip(inner)


def _inside(thing: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The dictionaries that lie in it without a number of their own, in lists too."""
    found = list(thing) if isinstance(thing, pikepdf.Array) else [thing[str(key)] for key in thing]
    for inner in found:
        if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
            if isinstance(inner, Dictionary):
                yield inner
            elif isinstance(inner, pikepdf.Array):
                yield from _inside(inner)


def _leads_out(action: object) -> bool:
    return isinstance(action, Dictionary) and (str(action.get("/S")) != WITHIN or "/Next" in action)


def _strip_photo(thing: pikepdf.Stream) -> None:
    """The photo as it was, without what the telephone wrote beside it."""
    filters = thing.get("/Filter")
    single = filters[0] if isinstance(filters, pikepdf.Array) and len(filters) == 1 else filters
    if isinstance(single, Name) and str(single) == JPEG:
        thing.write(without_segments(thing.read_raw_bytes()), filter=Name.DCTDecode)


def without_segments(jpeg: bytes) -> bytes:
    """A JPEG without its comments and application segments, but for Adobe's: it holds the colours.

    What does not look like one comes back as nothing: a reader shows an empty frame.
    """
    if jpeg[:2] != b"\xff\xd8":
        return b""
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker, end = jpeg[at + 1], at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if marker == 0xDA:  # from here on there are pixels only
            return b"".join(kept) + jpeg[at : jpeg.rfind(b"\xff\xd9") + 2]
        if marker not in {*range(0xE1, 0xF0), 0xFE} or marker == 0xEE:
            kept.append(jpeg[at:end])
        at = end
    return b""
