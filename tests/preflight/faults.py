"""Breaks the sample in one way after another: `python tests/preflight/faults.py`.

Each function makes one file, `tests/rules/<code>[--variant]/bad.pdf`, with the
call that examines it; its name is the folder's. The rule must name the fault.
"""
import io
import pathlib
import re

import pikepdf
import sample
from pikepdf import Array, Dictionary, Name, String

ROOT = pathlib.Path("tests/rules")
CASES = {}


def case(folder, profile=None, **options):
    def keep(make):
        CASES[folder] = (make, profile, options)
        return make

    return keep


def draw(pdf, content, page=0, **resources):
    """Adds content to a page, with what it needs."""
    target = pdf.pages[page]
    for kind, entries in resources.items():
        if f"/{kind}" not in target.obj.Resources:
            target.obj.Resources[f"/{kind}"] = Dictionary()
        for name, value in entries.items():
            target.obj.Resources[f"/{kind}"][f"/{name}"] = value
    target.contents_add(content.encode())


def form(pdf, content, **entries):
    stream = pdf.make_stream(content.encode())
    stream.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 500, 700], Resources=Dictionary(), **entries))
    return pdf.make_indirect(stream)


def letters(pdf, text="印前检查"):
    """Codes of letters of the sample's font."""
    _, codes = sample.font(pikepdf.new(), sample.TEXT)
    return sample.shown(codes, text)


def xmp(pdf, old, new=""):
    data = pdf.Root.Metadata.read_bytes().decode()
    changed = re.sub(old, new, data, flags=re.S)
    assert changed != data
    pdf.Root.Metadata.write(changed.encode())


def intent(pdf):
    return pdf.Root.OutputIntents[0]


# The file.


@case("pdf-unreadable--preflight")
def _(pdf):
    return b"This is not a PDF file.\n" * 8


@case("pdf-unreadable--truncated")
def _(pdf):
    return bytes_of(pdf)[:900]


@case("pdf-encrypted--preflight")
def _(pdf):
    return bytes_of(pdf, encryption=pikepdf.Encryption(user="x", owner="y", R=4, aes=False, metadata=False))


@case("pdf-encrypted--restricted")
def _(pdf):
    return bytes_of(pdf, encryption=pikepdf.Encryption(user="", owner="y", R=4, aes=False, metadata=False))


@case("pdf-repaired")
def _(pdf):
    data = bytes_of(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return re.sub(rb"startxref\n\d+", b"startxref\n17", data)


@case("partly-examined")
def _(pdf):
    loop = form(pdf, "q /Again Do Q 0 0 0 1 k 60 600 20 20 re f")
    loop.Resources.XObject = Dictionary(Again=loop)
    draw(pdf, "q /Loop Do Q", XObject={"Loop": loop})


@case("partly-examined--damaged")
def _(pdf):
    stream = form(pdf, "")
    stream.write(b"no decoder for this", filter=Name("/NoSuchDecode"))
    draw(pdf, "q /Bad Do Q", XObject={"Bad": stream})


@case("page-count")
def _(pdf):
    del pdf.pages[3]


@case("layers")
def _(pdf):
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("参考线")))
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(Order=[layer]))


@case("pdf-action")
def _(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@case("pdf-action--page")
def _(pdf):
    pdf.pages[1].obj.AA = Dictionary(O=Dictionary(S=Name.Launch, F=String("a.exe")))


@case("embedded-file")
def _(pdf):
    pdf.attachments["合同.txt"] = pikepdf.AttachedFileSpec(pdf, b"secret", creation_date="", mod_date="")


@case("form-field")
def _(pdf):
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("name"), Subtype=Name.Widget, Rect=[1, 1, 2, 2]))
    pdf.Root.AcroForm = Dictionary(Fields=[field])


# Pages.


@case("missing-trim-box")
def _(pdf):
    del pdf.pages[0].obj["/TrimBox"]


@case("bad-page-box")
def _(pdf):
    pdf.pages[0].obj.BleedBox = [50, 50, 300, 300]


@case("bad-page-box--outside")
def _(pdf):
    pdf.pages[2].obj.TrimBox = [8.504, 8.504, 428.032, 700]
    pdf.pages[2].obj.BleedBox = [0, 0, 436.535, 710]


@case("trim-and-art-box")
def _(pdf):
    pdf.pages[0].obj.ArtBox = pdf.pages[0].obj.TrimBox


@case("missing-bleed")
def _(pdf):
    page = pdf.pages[0].obj
    page.BleedBox = page.TrimBox


@case("empty-bleed")
def _(pdf):
    draw(pdf, "q 0 0.5 1 0 k 228 100 200.032 90 re f Q")


@case("empty-bleed--picture")
def _(pdf):
    image = pdf.make_indirect(sample.picture(pdf, 420, 420))
    draw(pdf, "q 100 0 0 100 8.504 200 cm /Im9 Do Q", XObject={"Im9": image})


@case("unsafe-margin")
def _(pdf):
    draw(pdf, f"q 0 0 0 1 k BT /F0 10 Tf 12 560 Td {letters(pdf)} Tj ET Q")


@case("mixed-page-size")
def _(pdf):
    page = pdf.pages[2].obj
    page.TrimBox = [8.504, 8.504, 420, 590]


@case("page-rotated")
def _(pdf):
    pdf.pages[1].obj.Rotate = 180


@case("annotation-in-page")
def _(pdf):
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[60, 490, 120, 510], F=4, A=Dictionary(S=Name.URI, URI=String("https://example.org")))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])


# Fonts and letters.


def descendant(pdf):
    return pdf.pages[0].obj.Resources.Font.F0.DescendantFonts[0]


@case("font-not-embedded")
def _(pdf):
    del descendant(pdf).FontDescriptor["/FontFile2"]


@case("font-not-embedded--standard")
def _(pdf):
    face = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    draw(pdf, "q 0 0 0 1 k BT /Helv 12 Tf 60 440 Td (ISBN) Tj ET Q", Font={"Helv": face})


@case("font-not-subset")
def _(pdf):
    descriptor = descendant(pdf).FontDescriptor
    file = descriptor.FontFile2.read_bytes() + bytes(10 << 20)
    descriptor.FontFile2 = pdf.make_stream(file)
    descriptor.FontFile2.Length1 = len(file)
    for font in (pdf.pages[0].obj.Resources.Font.F0, descendant(pdf)):
        font.BaseFont = Name.NotoSansSC


@case("type3-font")
def _(pdf):
    glyph = pdf.make_stream(b"600 0 0 0 500 700 d1 0 0 500 700 re f")
    face = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 600, 700], FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=65,
        LastChar=65, Widths=[600], Encoding=Dictionary(Differences=[65, Name.A]), CharProcs=Dictionary(A=glyph), Resources=Dictionary())
    draw(pdf, "q 0 0 0 1 k BT /T3 12 Tf 60 440 Td (AAA) Tj ET Q", Font={"T3": pdf.make_indirect(face)})


@case("font-lacks-glyph")
def _(pdf):
    draw(pdf, "q 0 0 0 1 k BT /F0 10 Tf 60 440 Td <00000000> Tj ET Q")


@case("rich-black-text")
def _(pdf):
    draw(pdf, f"q 0.75 0.68 0.67 0.9 k BT /F0 9 Tf 60 440 Td {letters(pdf)} Tj ET Q")


@case("multi-ink-text")
def _(pdf):
    draw(pdf, f"q 0.8 0.3 0.6 0 k BT /F0 5 Tf 60 440 Td {letters(pdf)} Tj ET Q")


@case("reversed-text")
def _(pdf):
    draw(pdf, f"q 0.8 0.3 0.6 0 k 50 430 100 30 re f 0 0 0 0 k BT /F0 5 Tf 60 440 Td {letters(pdf)} Tj ET Q")


# Colour.


@case("rgb-color")
def _(pdf):
    draw(pdf, "q 1 0 0 rg 60 430 50 30 re f Q")


@case("rgb-color--form")
def _(pdf):
    draw(pdf, "q /Red Do Q", XObject={"Red": form(pdf, "1 0 0 RG 2 w 60 430 50 30 re S")})


@case("rgb-color--picture")
def _(pdf):
    image = pdf.make_indirect(sample.picture(pdf, 84, 84, Name.DeviceRGB))
    draw(pdf, "q 20 0 0 20 60 430 cm /Im9 Do Q", XObject={"Im9": image})


@case("rgb-color--inline")
def _(pdf):
    data = "".join("%02x" % (value % 256) for value in range(300))
    draw(pdf, f"q 2 0 0 2 60 430 cm BI /W 10 /H 10 /BPC 8 /CS /RGB /F /AHx ID {data}> EI Q")


@case("rgb-color--palette")
def _(pdf):
    image = sample.picture(pdf, 84, 84, Name.DeviceGray, bytes(84 * 84))
    image.ColorSpace = Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\xff\0\0\0\0\xff")])
    draw(pdf, "q 20 0 0 20 60 430 cm /Im9 Do Q", XObject={"Im9": pdf.make_indirect(image)})


@case("rgb-color--gradient")
def _(pdf):
    shading = pdf.pages[1].obj.Resources.Pattern.P0.Shading
    shading.ColorSpace = Name.DeviceRGB
    shading.Function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0], C1=[0, 0, 1], N=1)


@case("rgb-color--pattern")
def _(pdf):
    cell = pdf.make_stream(b"0 0 1 rg 0 0 5 5 re f")
    cell.update(Dictionary(PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 10, 10], XStep=10, YStep=10, Resources=Dictionary()))
    draw(pdf, "q /Pattern cs /P9 scn 60 430 50 30 re f Q", Pattern={"P9": pdf.make_indirect(cell)})


@case("rgb-color--spot")
def _(pdf):
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 1, 1], C1=[0, 0.6, 0.3], N=1)
    space = Array([Name.Separation, Name("/Green"), Name.DeviceRGB, tint])
    draw(pdf, "q /S9 cs 1 scn 60 430 50 30 re f Q", ColorSpace={"S9": space})


@case("icc-color")
def _(pdf):
    gray = pdf.make_stream(sample.profile(b"GRAY", b"mntr", False))
    gray.N = 1
    draw(pdf, f"q /G9 cs 0 scn BT /F0 10 Tf 60 440 Td {letters(pdf)} Tj ET Q", ColorSpace={"G9": Array([Name.ICCBased, gray])})


@case("spot-color")
def _(pdf):
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0.8, 0, 0.6, 0], N=1)
    space = Array([Name.Separation, Name("/PANTONE 354 C"), Name.DeviceCMYK, tint])
    draw(pdf, "q /S9 cs 1 scn 60 430 50 30 re f Q", ColorSpace={"S9": space})


@case("registration-color")
def _(pdf):
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    space = Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])
    draw(pdf, "q /S9 CS 1 SCN 60 430 m 200 430 l S Q", ColorSpace={"S9": space})


@case("group-color-space")
def _(pdf):
    pdf.pages[0].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)


@case("group-color-space--form")
def _(pdf):
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    draw(pdf, "q /Red Do Q", XObject={"Red": form(pdf, "0 0 0 1 k 60 430 50 30 re f", Group=group)})


@case("transparency", profile='extends = "x4-coated"\n[rules]\ntransparency = "error"\n')
def _(pdf):
    state = Dictionary(Type=Name.ExtGState, ca=0.5)
    draw(pdf, "q /Half gs 0 0 0 1 k 60 430 50 30 re f Q", ExtGState={"Half": state})


@case("transparency--mode", profile='extends = "x4-coated"\n[rules]\ntransparency = "warning"\n')
def _(pdf):
    state = Dictionary(Type=Name.ExtGState, BM=Name.Multiply)
    draw(pdf, "q /Over gs 0 0 0 1 k 60 430 50 30 re f Q", ExtGState={"Over": state})


# Ink and lines.


@case("ink-limit")
def _(pdf):
    draw(pdf, "q 1 1 1 1 k 60 430 50 30 re f Q")


@case("ink-limit--overprint")
def _(pdf):
    state = Dictionary(Type=Name.ExtGState, op=True, OP=True, OPM=1)
    draw(pdf, "q 1 0.9 0 0 k 60 430 50 30 re f /Over gs 0 0 0.9 1 k 70 435 30 20 re f Q", ExtGState={"Over": state})


@case("ink-limit--picture")
def _(pdf):
    image = sample.picture(pdf, 84, 84, samples=bytes([240, 230, 220, 200]) * 84 * 84)
    draw(pdf, "q 20 0 0 20 60 430 cm /Im9 Do Q", XObject={"Im9": pdf.make_indirect(image)})


@case("white-overprint")
def _(pdf):
    draw(pdf, "q /OPon gs 0 0 0 0 k 60 30 40 40 re f Q")


@case("hairline")
def _(pdf):
    draw(pdf, "q 0.05 w 0 0 0 1 K 60 430 m 200 430 l S Q")


@case("hairline--scaled")
def _(pdf):
    draw(pdf, "q 0.1 0 0 0.1 0 0 cm 1 w 0 0 0 1 K 600 4300 m 2000 4300 l S 0 w 600 4400 m 2000 4400 l S Q")


@case("hairline--area")
def _(pdf):
    draw(pdf, "q 0 0 0 1 k 60 430 140 0.1 re f Q")


# Images.


@case("low-image-resolution")
def _(pdf):
    image = pdf.make_indirect(sample.picture(pdf, 10, 10))
    draw(pdf, "q 100 0 0 100 60 150 cm /Im9 Do Q", XObject={"Im9": image})


@case("low-image-resolution--nearly")
def _(pdf):
    image = pdf.make_indirect(sample.picture(pdf, 100, 100, Name.DeviceGray))
    draw(pdf, "q 36 0 0 36 60 430 cm /Im9 Do Q", XObject={"Im9": image})


@case("low-image-resolution--line-art")
def _(pdf):
    image = pdf.make_stream(b"\xaa" * 13 * 100)
    image.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=100, Height=100, BitsPerComponent=1, ImageMask=True))
    draw(pdf, "q 0 0 0 1 k 36 0 0 36 60 430 cm /Im9 Do Q", XObject={"Im9": pdf.make_indirect(image)})


# Resources.


@case("external-content")
def _(pdf):
    image = sample.picture(pdf, 126, 126)
    image.OPI = Dictionary({"/2.0": Dictionary(Type=Name.OPI, Version=2.0, F=String("photo.tif"))})
    draw(pdf, "q 30 0 0 30 60 430 cm /Im9 Do Q", XObject={"Im9": pdf.make_indirect(image)})


@case("missing-resource")
def _(pdf):
    draw(pdf, "q 30 0 0 30 60 430 cm /Gone Do Q")


@case("transfer-function")
def _(pdf):
    state = Dictionary(TR=Dictionary(FunctionType=2, Domain=[0, 1], N=2))
    draw(pdf, "q /TRX gs 0 0 0 1 k 60 430 9 9 re f Q", ExtGState={"TRX": state})


@case("halftone")
def _(pdf):
    screen = Dictionary(Type=Name.Halftone, HalftoneType=1, Frequency=60, Angle=45, SpotFunction=Name.Round)
    draw(pdf, "q /HTX gs 0 0 0 1 k 60 430 9 9 re f Q", ExtGState={"HTX": Dictionary(HT=screen)})


@case("bad-function")
def _(pdf):
    ramp = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0], C1=[0, 0, 1], N=1)
    pdf.pages[1].obj.Resources.Pattern.P0.Shading.Function = ramp


@case("bad-function--range")
def _(pdf):
    function = pdf.make_stream(b"{ pop 0 0 0 }")
    function.update(Dictionary(FunctionType=4, Domain=[0, 1, 0, 1], Range=[0, 1, 0, 1, 0, 1]))
    shading = Dictionary(ShadingType=1, ColorSpace=Name.DeviceCMYK, Domain=[0, 1, 0, 1], Function=pdf.make_indirect(function))
    draw(pdf, "q 60 430 50 30 re W n /Sh9 sh Q", Shading={"Sh9": shading})


@case("bad-function--tint")
def _(pdf):
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0], C1=[0.8, 0, 0.6], N=1)
    space = Array([Name.Separation, Name.Black, Name.DeviceCMYK, tint])
    draw(pdf, "q /S9 cs 1 scn 60 430 50 30 re f Q", ColorSpace={"S9": space})


# The standard.


@case("missing-output-intent")
def _(pdf):
    del pdf.Root["/OutputIntents"]


@case("bad-output-profile")
def _(pdf):
    del intent(pdf)["/DestOutputProfile"]


def new_profile(pdf, count, *arguments):
    icc = pdf.make_stream(sample.profile(*arguments))
    icc.N = count
    intent(pdf).DestOutputProfile = pdf.make_indirect(icc)


@case("bad-output-profile--screen")
def _(pdf):
    new_profile(pdf, 3, b"RGB ", b"mntr")


@case("bad-output-profile--components")
def _(pdf):
    new_profile(pdf, 3)


@case("bad-output-profile--tables")
def _(pdf):
    new_profile(pdf, 4, b"CMYK", b"prtr", False)


@case("bad-output-profile--condition")
def _(pdf):
    del intent(pdf)["/OutputConditionIdentifier"]


@case("missing-pdfx")
def _(pdf):
    xmp(pdf, "<pdfxid:GTS_PDFXVersion>.*?</pdfxid:GTS_PDFXVersion>")


@case("pdfx-claim")
def _(pdf):
    pdf.docinfo["/GTS_PDFXVersion"] = "PDF/X-1a:2001"


@case("missing-trapped")
def _(pdf):
    del pdf.docinfo["/Trapped"]
    xmp(pdf, "<pdf:Trapped>.*?</pdf:Trapped>")


@case("missing-trapped--unknown")
def _(pdf):
    pdf.docinfo["/Trapped"] = Name.Unknown
    xmp(pdf, "<pdf:Trapped>.*?</pdf:Trapped>")


@case("missing-file-id")
def _(pdf):
    return re.sub(rb"/ID ?\[ ?<[0-9a-f]*> ?<[0-9a-f]*> ?\]", lambda found: b" " * len(found[0]), bytes_of(pdf))


@case("pdf-without-title")
def _(pdf):
    xmp(pdf, "<dc:title>.*?</dc:title>")


@case("pdf-without-date")
def _(pdf):
    xmp(pdf, "<xmp:MetadataDate>.*?</xmp:MetadataDate>")


@case("bad-metadata")
def _(pdf):
    xmp(pdf, "</rdf:RDF>")


# The barcode.

LEFT = {"A": "0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011".split()}
LEFT["B"] = ["".join("10"[int(bit)] for bit in code)[::-1] for code in LEFT["A"]]
RIGHT = ["".join("10"[int(bit)] for bit in code) for code in LEFT["A"]]
SETS = "AAAAAA AABABB AABBAB AABBBA ABAABB ABBAAB ABBBAA ABABAB ABABBA ABBABA".split()


def barcode(digits, module, color):
    bits = "101" + "".join(LEFT[kind][int(digit)] for kind, digit in zip(SETS[int(digits[0])], digits[1:7]))
    bits += "01010" + "".join(RIGHT[int(digit)] for digit in digits[7:]) + "101"
    bars = [(found.start(), len(found[0])) for found in re.finditer("1+", bits)]
    return color + "".join(f" {60 + at * module:.4f} 200 {size * module:.4f} 50 re f" for at, size in bars)


@case("barcode-size")
def _(pdf):
    draw(pdf, f"q {barcode('9787000000000', 0.33 * 0.6 * sample.MM, '0 0 0 1 k')} Q")


@case("barcode-size--color")
def _(pdf):
    draw(pdf, f"q {barcode('9787000000000', 0.33 * sample.MM, '0.7 0.6 0.6 0.9 k')} Q")


def bytes_of(pdf, **options):
    out = io.BytesIO()
    if "encryption" in options:
        pdf.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, **options)
    else:
        sample.save(pdf, out, **options)
    return out.getvalue()


def main():
    for folder, (make, profile, _) in CASES.items():
        pdf = sample.good()
        data = make(pdf) or bytes_of(pdf)
        place = ROOT / folder
        place.mkdir(exist_ok=True)
        (place / "bad.pdf").write_bytes(data)
        call = "preflight bad.pdf"
        if profile:
            (place / "profile.toml").write_text(profile)
            call += " --profile profile.toml"
        (place / "ARGS").write_text(call + "\n")
    pathlib.Path("tests/preflight/good/press").mkdir(parents=True, exist_ok=True)
    sample.save(sample.good(), "tests/preflight/good/press/sample.pdf")
    print(len(CASES), "files")


main()
