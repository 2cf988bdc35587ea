"""One small PDF that any offset shop would take: the others are made from it.

Four pages of A5 with 3 mm bleed, PDF/X-4: a tint into the bleed, black text,
white text, a line, a gradient, a picture, a form in a transparency group.
Needs pikepdf and fonttools. Everything is written the same each time.
"""
import io
import struct

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

MM = 72 / 25.4
TRIM = (148 * MM, 210 * MM)
BLEED = 3 * MM
TEXT = "印前检查的样张"

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">样张</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>2026-11-27T00:00:00Z</xmp:CreateDate><xmp:ModifyDate>2026-11-27T00:00:00Z</xmp:ModifyDate>
<xmp:MetadataDate>2026-11-27T00:00:00Z</xmp:MetadataDate><pdf:Trapped>False</pdf:Trapped>
<xmpMM:DocumentID>uuid:00000000-0000-0000-0000-000000000001</xmpMM:DocumentID>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>GTS_PDFXVersion</pdfaProperty:name></rdf:li>
</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def profile(space=b"CMYK", kind=b"prtr", tables=True):
    """A profile of a few hundred bytes: a head, and tables of one step."""
    channels = {b"CMYK": 4, b"RGB ": 3, b"GRAY": 1}[space]

    def lut(inputs, outputs):
        head = b"mft1\0\0\0\0" + bytes([inputs, outputs, 2, 0])
        head += struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
        ramp = bytes(range(256))
        return head + ramp * inputs + bytes(2**inputs * outputs) + ramp * outputs

    text = b"desc\0\0\0\0" + struct.pack(">I", 7) + b"Sample\0" + bytes(79)
    tags = [(b"desc", text)]
    if tables:
        tags += [(b"A2B0", lut(channels, 3)), (b"B2A0", lut(3, channels))]
    at, table, data = 132 + 12 * len(tags), b"", b""
    for name, body in tags:
        body += bytes(-len(body) % 4)
        table += name + struct.pack(">II", at, len(body))
        data, at = data + body, at + len(body)
    head = struct.pack(">I4sI4s4s4s12s4s", at, b"\0\0\0\0", 0x02100000, kind, space, b"Lab ", bytes(12), b"acsp")
    head += bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + data


def font(pdf, letters):
    """The letters as an embedded subset; gives the font and the codes."""
    face = TTFont("fonts/NotoSansSC-Regular.ttf", recalcTimestamp=False)
    options = subset.Options(drop_tables=["GSUB", "GPOS", "GDEF", "vhea", "vmtx"], hinting=False, notdef_outline=True)
    chooser = subset.Subsetter(options)
    chooser.populate(text=letters)
    chooser.subset(face)
    file = io.BytesIO()
    face.save(file)
    names, cmap = face.getReverseGlyphMap(), face.getBestCmap()
    codes = {letter: names[cmap[ord(letter)]] for letter in letters}
    program = pdf.make_stream(file.getvalue())
    program.Length1 = len(file.getvalue())
    descriptor = pdf.make_indirect(Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/ABCDEF+NotoSansSC-Regular"), Flags=4, FontBBox=[0, -120, 1000, 880],
        ItalicAngle=0, Ascent=880, Descent=-120, CapHeight=733, StemV=80, FontFile2=program))
    descendant = pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/ABCDEF+NotoSansSC-Regular"), DW=1000,
        CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        CIDToGIDMap=Name.Identity, FontDescriptor=descriptor))
    type0 = pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/ABCDEF+NotoSansSC-Regular"),
        Encoding=Name("/Identity-H"), DescendantFonts=Array([descendant])))
    return type0, codes


def shown(codes, text):
    return "<" + "".join(f"{codes[letter]:04x}" for letter in text) + ">"


def picture(pdf, width, height, space=Name.DeviceCMYK, samples=None):
    components = {Name.DeviceCMYK: 4, Name.DeviceRGB: 3, Name.DeviceGray: 1}[space]
    if samples is None:
        row = b"".join(bytes([x * 160 // width] * components) for x in range(width))
        samples = row * height
    image = pdf.make_stream(samples)
    image.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, BitsPerComponent=8))
    image.ColorSpace = space
    return image


def good():
    pdf = pikepdf.new()
    face, codes = font(pdf, TEXT)
    line = shown(codes, TEXT)
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
    form = pdf.make_stream(b"0 0 0 0.2 k 0 0 40 40 re f")
    form.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 40, 40], Resources=Dictionary(), Group=group))
    ramp = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0.6, 0.1, 0, 0.1], N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[60, 0, 360, 0], Function=ramp)
    pattern = pdf.make_indirect(Dictionary(Type=Name.Pattern, PatternType=2, Shading=shading))
    states = Dictionary(
        OPon=Dictionary(Type=Name.ExtGState, op=True, OP=False, OPM=1),
        OPoff=Dictionary(Type=Name.ExtGState, op=False, OP=False, OPM=0))
    width, height = TRIM[0] + 2 * BLEED, TRIM[1] + 2 * BLEED
    for number in range(4):
        content = f"""q 0.3 0.05 0.1 0 k 0 0 {width:.3f} 70 re f Q
q /OPon gs 0 0 0 1 k BT /F0 10 Tf 60 500 Td {line} Tj 0 -18 Td {line} Tj ET Q
q 0 0 0 0 k BT /F0 12 Tf 60 40 Td {line} Tj ET Q
q 0.5 w 0 0 0 1 K 60 470 m 300 470 l S Q
q 1 0 0 1 60 400 cm /Fm0 Do Q
q 30 0 0 30 140 400 cm /Im0 Do Q
/Pattern cs /P0 scn 60 300 300 60 re f
"""
        page = pdf.add_blank_page(page_size=(width, height))
        page.obj.TrimBox = [round(value, 3) for value in (BLEED, BLEED, BLEED + TRIM[0], BLEED + TRIM[1])]
        page.obj.BleedBox = page.obj.MediaBox
        page.obj.Group = group
        page.obj.Resources = Dictionary(
            Font=Dictionary(F0=face), ExtGState=states, Pattern=Dictionary(P0=pattern),
            XObject=Dictionary(Fm0=form, Im0=picture(pdf, 126, 126)))
        page.obj.Contents = pdf.make_stream(content.encode())
    icc = pdf.make_stream(profile())
    icc.N = 4
    pdf.Root.OutputIntents = Array([Dictionary(
        Type=Name.OutputIntent, S=Name("/GTS_PDFX"), OutputConditionIdentifier=pikepdf.String("FOGRA39"),
        RegistryName=pikepdf.String("http://www.color.org"), Info=pikepdf.String("Sample"), DestOutputProfile=icc)])
    metadata = pdf.make_stream(XMP.encode())
    metadata.update(Dictionary(Type=Name.Metadata, Subtype=Name.XML))
    pdf.Root.Metadata = metadata
    pdf.docinfo["/Title"] = "样张"
    pdf.docinfo["/Trapped"] = Name("/False")
    pdf.docinfo["/CreationDate"] = "D:20261127000000Z"
    pdf.docinfo["/ModDate"] = "D:20261127000000Z"
    pdf.docinfo["/GTS_PDFXVersion"] = "PDF/X-4"
    return pdf


def save(pdf, path, **options):
    options.setdefault("object_stream_mode", pikepdf.ObjectStreamMode.generate)
    pdf.save(path, deterministic_id=True, force_version="1.6", fix_metadata_version=False, **options)
