"""Documents as office programs and scanners make them, with all that they hide."""

import io
import zipfile
import zlib
from collections.abc import Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.kit.files.pictures import SECRET, photo

AUTHOR = "Wie het schreef"
WORDS = "Op de laatste avond werd er met mij gelachen."
OUTSIDE = "http://elders.example/pixel.png"
RUNS = "app.launchURL"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            plain = name == "mimetype"
            how = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, how)
    return page.getvalue()


def members_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {it.date_time for it in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name) for name in archive.namelist()}


def relations(*rows: tuple[str, str, str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="{id_}" Type="{R}/{kind}" Target="{target}"{mode}/>'
        for id_, kind, target, mode in rows
    )
    return f'<Relationships xmlns="{RELS}">{inside}</Relationships>'


EXTERNAL = ' TargetMode="External"'


def docm() -> bytes:
    """A Word document with a macro, a template from elsewhere, an embedded file and a photo."""
    macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
    types = (
        f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{macro}"/>'
        '<Override PartName="/docProps/core.xml" ContentType="x/core+xml"/>'
        '<Override PartName="/word/vbaProject.bin" ContentType="x/vba"/></Types>'
    )
    body = (
        f'<w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:a="a" xmlns:o="o"><w:body>'
        f'<w:p w:rsidR="00AB12CD"><w:r><w:t>{WORDS}</w:t></w:r></w:p>'
        f'<w:ins w:id="1" w:author="{AUTHOR}" w:date="2026-11-01T10:11:12Z"><w:r><w:t>meer'
        "</w:t></w:r></w:ins>"
        '<w:hyperlink r:id="rId1"><w:r><w:t>klik hier</w:t></w:r></w:hyperlink>'
        '<w:p><w:object><o:OLEObject r:id="rId2"/></w:object></w:p>'
        '<w:p><a:blip r:embed="rId3"/></w:p>'
        '<w:p><a:blip r:link="rId4"/></w:p>'
        f'<w:instrText>INCLUDEPICTURE "{OUTSIDE}"</w:instrText>'
        "<w:instrText>PAGE</w:instrText></w:body></w:document>"
    )
    return zipped(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": relations(
                ("rId1", "officeDocument", "word/document.xml", ""),
                ("rId2", "metadata/core-properties", "docProps/core.xml", ""),
            ),
            "docProps/core.xml": f"<core><creator>{AUTHOR}</creator></core>",
            "docProps/thumbnail.jpeg": photo(),
            "customXml/item1.xml": f"<own>{AUTHOR}</own>",
            "word/document.xml": body,
            "word/_rels/document.xml.rels": relations(
                ("rId1", "hyperlink", OUTSIDE, EXTERNAL),
                ("rId2", "oleObject", "embeddings/oleObject1.bin", ""),
                ("rId3", "image", "media/image1.jpeg", ""),
                ("rId4", "image", OUTSIDE, EXTERNAL),
                ("rId5", "vbaProject", "vbaProject.bin", ""),
                ("rId6", "settings", "settings.xml", ""),
            ),
            "word/settings.xml": (
                f'<w:settings xmlns:w="{W}" xmlns:r="{R}"><w:attachedTemplate r:id="rId1"/>'
                '<w:rsids><w:rsid w:val="00AB12CD"/></w:rsids></w:settings>'
            ),
            "word/_rels/settings.xml.rels": relations(
                ("rId1", "attachedTemplate", OUTSIDE, EXTERNAL)
            ),
            "word/people.xml": f"<people><person author='{AUTHOR}'/></people>",
            "word/vbaProject.bin": b"Sub AutoOpen()",
            "word/embeddings/oleObject1.bin": b"MZ\x90\0",
            "word/media/image1.jpeg": photo(),
        }
    )


def xlsx() -> bytes:
    """A sheet that reads another file, with the name of who noted something."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>',
            "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml", "")),
            "xl/workbook.xml": (
                f'<workbook xmlns="{main}" xmlns:r="{R}"><externalReferences>'
                '<externalReference r:id="rId2"/></externalReferences></workbook>'
            ),
            "xl/_rels/workbook.xml.rels": relations(
                ("rId1", "worksheet", "worksheets/sheet1.xml", ""),
                ("rId2", "externalLink", "externalLinks/externalLink1.xml", ""),
            ),
            "xl/externalLinks/externalLink1.xml": f"<link>{OUTSIDE}</link>",
            "xl/worksheets/sheet1.xml": (
                f'<worksheet xmlns="{main}"><c><f>[1]Blad1!A1</f><v>42</v></c>'
                "<c><f>SUM(A1:A9)</f><v>7</v></c></worksheet>"
            ),
            "xl/comments1.xml": (
                f'<comments xmlns="{main}"><authors><author>{AUTHOR}</author></authors>'
                f"<comment authorId='0'><t>{WORDS}</t></comment></comments>"
            ),
        }
    )


def odt() -> bytes:
    """A text of LibreOffice with a macro, a note and a picture from elsewhere."""
    names = (
        'xmlns:office="office" xmlns:text="text" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xlink="xlink" xmlns:script="script" xmlns:draw="draw"'
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": (
                f"<office:document-content {names}><office:scripts><script:event-listener/>"
                f"</office:scripts><text:p>{WORDS}</text:p><office:annotation><dc:creator>{AUTHOR}"
                "</dc:creator><dc:date>2026-11-01T10:11:12</dc:date></office:annotation>"
                f'<draw:image xlink:href="{OUTSIDE}"/>'
                '<draw:image xlink:href="Pictures/a.jpg"/></office:document-content>'
            ),
            "meta.xml": f"<meta>{AUTHOR}</meta>",
            "settings.xml": f"<settings>{AUTHOR}</settings>",
            "Basic/Standard/Module1.xml": "<m>Shell</m>",
            "Pictures/a.jpg": photo(),
            "META-INF/manifest.xml": (
                '<m:manifest xmlns:m="m"><m:file-entry m:full-path="/"/>'
                '<m:file-entry m:full-path="content.xml"/><m:file-entry m:full-path="meta.xml"/>'
                "</m:manifest>"
            ),
        }
    )


def pdf() -> bytes:
    """A PDF with all that can hide or run in one, and a page of words."""
    page = io.BytesIO()
    with pikepdf.new() as made:
        sheet = made.add_blank_page()
        sheet.Contents = Stream(made, f"BT ({WORDS}) Tj ET".encode())
        telephone = Stream(made, photo())
        telephone.Type, telephone.Subtype = Name.XObject, Name.Image
        telephone.Width, telephone.Height, telephone.BitsPerComponent = 64, 48, 8
        telephone.ColorSpace, telephone.Filter = Name.DeviceRGB, Name.DCTDecode
        sheet.Resources = Dictionary(XObject=Dictionary(Im0=telephone))
        file = Stream(made, b"MZ een programma")
        spec = made.make_indirect(Dictionary(Type=Name.Filespec, F="x.exe", EF=Dictionary(F=file)))
        script = Dictionary(S=Name.JavaScript, JS=String(RUNS))
        sheet.Annots = Array(
            [
                made.make_indirect(
                    Dictionary(Subtype=Name.Text, T=AUTHOR, M="D:20261101", Contents="let op")
                ),
                made.make_indirect(Dictionary(Subtype=Name.FileAttachment, FS=spec)),
                made.make_indirect(
                    Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=OUTSIDE))
                ),
                Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.GoTo, D=Array([sheet.obj]))),
            ]
        )
        sheet.AA = Dictionary(O=script)
        made.Root.OpenAction = script
        made.Root.Names = Dictionary(
            JavaScript=Dictionary(Names=Array(["a", made.make_indirect(script)])),
            EmbeddedFiles=Dictionary(Names=Array(["x", spec])),
        )
        made.docinfo["/Author"] = AUTHOR
        with made.open_metadata() as told:
            told["dc:creator"] = [AUTHOR]
        made.save(page, compress_streams=False, static_id=True)
    return page.getvalue()


def locked_pdf() -> bytes:
    page = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(page, encryption=pikepdf.Encryption(owner="a", user="b"))
    return page.getvalue()


def nested_pdf_bomb() -> bytes:
    """A stream packed four times over: a kilobyte that would unfold to gigabytes."""
    content = bytes(2**26)
    for _ in range(4):
        content = zlib.compress(content, 9)
    page = io.BytesIO()
    with pikepdf.new() as made:
        sheet = made.add_blank_page()
        sheet.Contents = Stream(made, b"")
        sheet.Contents.write(content, filter=Array([Name.FlateDecode] * 4))
        made.save(page, compress_streams=False)
    return page.getvalue()


def office_bomb() -> bytes:
    """A document of 60 kB whose one part is 60 MB."""
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": bytes(60 * 2**20)})


def lying_bomb() -> bytes:
    """A member that says it is ten bytes and unfolds to a million."""
    honest = zipped({"[Content_Types].xml": "<Types/>", "a.xml": bytes(1_000_003)})
    return honest.replace((1_000_003).to_bytes(4, "little"), (10).to_bytes(4, "little"))


def many_members() -> bytes:
    return zipped(
        {"[Content_Types].xml": "<Types/>"} | {f"a{it}.xml": "<a/>" for it in range(2500)}
    )


def entity_bomb() -> bytes:
    """Billion laughs."""
    laughs = "".join(f'<!ENTITY a{it + 1} "{f"&a{it};" * 10}">' for it in range(9))
    text = f'<!DOCTYPE a [<!ENTITY a0 "ha">{laughs}]><a>&a9;</a>'
    return zipped({"[Content_Types].xml": f'<Types xmlns="{TYPES}"/>', "word/document.xml": text})


CANARIES = (AUTHOR, SECRET, OUTSIDE, RUNS, "AutoOpen", "een programma", "00AB12CD", "2026-11-01")
