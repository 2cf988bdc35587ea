"""Files that mean harm: `python tests/preflight/hostile.py`.

Small files that ask for endless work or memory. Preflight must end, without a
panic and within a set memory, whatever it says of them.
"""
import pathlib
import zlib

PLACE = pathlib.Path("tests/preflight/hostile")


def pdf(objects, trailer=b"/Root 1 0 R", header=b"%PDF-1.6\n"):
    """Objects by number, with a right cross-reference table."""
    out, places = header, {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    return out + b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)


def stream(data, extra=b"", packed=True):
    if packed:
        data = zlib.compress(data, 9)
        extra += b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>\nstream\n" % (extra, len(data)) + data + b"\nendstream"


def page(content, resources=b"", **more):
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R/Resources<<%s>>>>" % resources,
        4: stream(content),
    }
    objects.update({int(key[1:]): body for key, body in more.items()})
    return pdf(objects)


FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 400 500]"
IMAGE = b"/Type/XObject/Subtype/Image/ColorSpace/DeviceCMYK/BitsPerComponent 8"

laughs = {
    f"o{10 + level}": stream(b"/F Do " * 12, FORM + b"/Resources<</XObject<</F %d 0 R>>>>" % (11 + level))
    for level in range(20)
}
laughs["o30"] = stream(b"0 0 1 1 re f", FORM)

bomb = zlib.compress(bytes(1 << 20), 9)
big = zlib.compressobj(9)
zeros = b"".join(big.compress(bytes(1 << 20)) for _ in range(1500)) + big.flush()
# Packed twice: 1.5 GB in three kilobytes.
zeros = zlib.compress(zeros, 9)

FILES = {
    "page-tree-loop": pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R 3 0 R 3 0 R]/Count 3>>", 3: b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]>>"}),
    "page-tree-deep": pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", **{n: b"<</Type/Pages/Kids[%d 0 R]>>" % (n + 1) for n in range(2, 800)}, 800: b"<</Type/Page>>"}),
    "page-tree-wide": pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[" + b"3 0 R " * 8_000 + b"]>>", 3: b"<</Type/Page>>"}),
    "pages-fork": pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", **{n: b"<</Type/Pages/Kids[%d 0 R %d 0 R]>>" % (n + 1, n + 1) for n in range(2, 40)}, 40: b"<</Type/Page>>"}),
    "reference-loop": pdf({1: b"<</Type/Catalog/Pages 2 0 R/Metadata 5 0 R/OutputIntents 6 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]>>", 3: b"<</Type/Page/MediaBox 5 0 R/Resources 5 0 R/Contents 6 0 R>>", 5: b"6 0 R", 6: b"5 0 R"}),
    "form-in-itself": page(b"/F Do", b"/XObject<</F 5 0 R>>", o5=stream(b"/F Do /F Do 1 0 0 rg 0 0 9 9 re f", FORM + b"/Resources<</XObject<</F 5 0 R>>>>")),
    "billion-forms": page(b"/F Do", b"/XObject<</F 10 0 R>>", **laughs),
    "pattern-in-itself": page(b"/Pattern cs /P scn 0 0 99 99 re f", b"/Pattern<</P 5 0 R>>", o5=stream(b"/Pattern cs /P scn 0 0 99 99 re f", b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 0.0001/YStep 0.0001/Resources<</Pattern<</P 5 0 R>>>>")),
    "type3-in-itself": page(b"BT /T 9 Tf (A) Tj ET", b"/Font<</T 5 0 R>>", o5=b"<</Type/Font/Subtype/Type3/FontMatrix[1 0 0 1 0 0]/FirstChar 65/LastChar 65/Widths[1]/CharProcs<</A 6 0 R>>/Resources<</Font<</T 5 0 R>>>>/Encoding<</Differences[65/A]>>>>", o6=stream(b"BT /T 9 Tf (A) Tj ET")),
    "content-bomb": pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]>>", 3: b"<</Type/Page/MediaBox[0 0 9 9]/Contents 4 0 R>>", 4: b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>\nstream\n" % len(zeros) + zeros + b"\nendstream"}),
    "bombs-many": page(b"/F Do " * 200, b"/XObject<</F 5 0 R>>", o5=b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n" % (FORM, len(bomb)) + bomb + b"\nendstream"),
    "operands-many": page(b"1 " * 4_000_000 + b"rg"),
    "saves-many": page(b"q " * 1_000_000),
    "arrays-deep": page(b"[" * 200_000 + b"]" * 200_000 + b"TJ"),
    "object-deep": pdf({1: b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 20_000 + b"]" * 20_000 + b">>", 2: b"<</Type/Pages/Kids[]>>"}),
    "dictionaries-deep": pdf({1: b"<</Type/Catalog/Pages 2 0 R/X " + b"<</X " * 8_000 + b"1" + b">>" * 8_000 + b">>", 2: b"<</Type/Pages/Kids[]>>"}),
    "inline-images": page(b"BI /W 9 /H 9 ID " + b"EI" * 500_000),
    "inline-images-many": page(b"BI /W 9 /H 9 /BPC 8 /CS /G ID x EI " * 200_000),
    "numbers-huge": page(b"1" * 400 + b" 0 0 99999999999999999999 1e9 -5 cm 9999999999 w 0 0 m 99999999999 9999999999 l S", b""),
    "box-huge": pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]>>", 3: b"<</Type/Page/MediaBox[-99999999 -99999999 99999999 99999999]/TrimBox[1 1 0 0]/UserUnit 1000000/Contents 4 0 R>>", 4: stream(b"0 0 9 9 re f")}),
    "image-huge": page(b"400 0 0 500 0 0 cm /I Do", b"/XObject<</I 5 0 R>>", o5=stream(bytes(100), IMAGE + b"/Width 100000/Height 100000")),
    "image-bomb": page(b"400 0 0 500 0 0 cm /I Do", b"/XObject<</I 5 0 R>>", o5=b"<<%s/Width 9/Height 9/Filter[/FlateDecode/FlateDecode]/Length %d>>\nstream\n" % (IMAGE, len(zeros)) + zeros + b"\nendstream"),
    "jpx-huge": page(b"400 0 0 500 0 0 cm /I Do", b"/XObject<</I 5 0 R>>", o5=stream(bytes.fromhex("ff4fff510029000000010000000100000000000000000000000100000001000000000000000000000003070101070101070101") + bytes(99), IMAGE + b"/Width 9/Height 9/Filter/JPXDecode", packed=False)),
    "jbig2-huge": page(b"400 0 0 500 0 0 cm /I Do", b"/XObject<</I 5 0 R>>", o5=stream(bytes.fromhex("00000000300001000000137fffffff7fffffff000000000000000000000000"), IMAGE + b"/Width 9/Height 9/Filter/JBIG2Decode", packed=False)),
    "ccitt-huge": page(b"400 0 0 500 0 0 cm /I Do", b"/XObject<</I 5 0 R>>", o5=stream(bytes(99), IMAGE + b"/Width 9/Height 9/Filter/CCITTFaxDecode/DecodeParms<</Columns 2000000000/Rows 2000000000/K -1>>", packed=False)),
    "predictor-huge": page(b"400 0 0 500 0 0 cm /I Do", b"/XObject<</I 5 0 R>>", o5=stream(bytes(99), IMAGE + b"/Width 9/Height 9/DecodeParms<</Predictor 15/Columns 2147483647/Colors 2147483647/BitsPerComponent 2147483647>>")),
    "widths-many": page(b"BT /F 9 Tf <0001> Tj ET", b"/Font<</F 5 0 R>>", o5=b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/BaseFont/A/DescendantFonts[6 0 R]>>", o6=b"<</Type/Font/Subtype/CIDFontType2/W[" + b"0 65535 500 " * 5_000 + b"]>>"),
    "functions-fork": page(b"/S sh", b"/Shading<</S<</ShadingType 2/ColorSpace/DeviceCMYK/Coords[0 0 1 1]/Function 10 0 R>>>>", **{f"o{n}": b"<</FunctionType 3/Domain[0 1]/Functions[%s]/Bounds[%s]/Encode[%s]>>" % (b"%d 0 R " % (n + 1) * 20, b"0.5 " * 19, b"0 1 " * 20) for n in range(10, 30)}),
    "spaces-deep": page(b"/C cs", b"/ColorSpace<</C 5 0 R>>", o5=b"[/Indexed 5 0 R 1 <0000>]"),
    "samples-huge": page(b"/S sh", b"/Shading<</S<</ShadingType 1/ColorSpace/DeviceCMYK/Function 5 0 R>>>>", o5=stream(b"", b"/FunctionType 0/Domain[0 1 0 1]/Range[0 1 0 1 0 1 0 1]/Size[2147483647 2147483647]/BitsPerSample 32")),
    "mesh-endless": page(b"/S sh", b"/Shading<</S 5 0 R>>", o5=stream(bytes(3_000_000), b"/ShadingType 4/ColorSpace/DeviceCMYK/BitsPerCoordinate 1/BitsPerComponent 1/BitsPerFlag 2/Decode[0 400 0 400 0 1 0 1 0 1 0 1]")),
    "xref-loop": b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R/Size 3/Prev 56>>\nstartxref\n56\n%%EOF\n",
    "xref-size": b"%PDF-1.5\n1 0 obj\n<</Type/XRef/Size 4294967295/W[1 8 8]/Index[0 4294967295]/Root 1 0 R/Length 17>>\nstream\n" + bytes(17) + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n",
    "xref-table-long": b"%PDF-1.4\nxref\n0 4000000000\n0000000000 65535 f \ntrailer\n<</Root 1 0 R/Size 4000000000>>\nstartxref\n9\n%%EOF\n",
    "object-stream-bomb": b"%PDF-1.5\n" + b"5 0 obj\n<</Type/ObjStm/N 99999999/First 10/Filter[/FlateDecode/FlateDecode]/Length %d>>\nstream\n" % len(zeros) + zeros + b"\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n",
    "object-stream-numbers": b"%PDF-1.5\n" + b"5 0 obj\n" + stream(b"1 0 [" + b"0 " * 2_900_000 + b"]", b"/Type/ObjStm/N 1/First 4") + b"\nendobj\ntrailer\n<</Root 1 0 R>>\n",
    "numbers-only": b"%PDF-1.5\n1 0 obj\n[" + b"0 " * 60_000 + b"\ntrailer\n<</Root 1 0 R>>",
    "metadata-deep": pdf({1: b"<</Type/Catalog/Pages 2 0 R/Metadata 5 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]>>", 3: b"<</Type/Page>>", 5: stream(b"<a>" * 200_000 + b"</a>" * 200_000)}),
    "metadata-laughs": pdf({1: b"<</Type/Catalog/Pages 2 0 R/Metadata 5 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]>>", 3: b"<</Type/Page>>", 5: stream(b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12)) + b"]><a>&m;</a>")}),
    "names-fork": pdf({1: b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 10 0 R>>>>", 2: b"<</Type/Pages/Kids[3 0 R]>>", 3: b"<</Type/Page>>", 10: b"<</Kids[" + b"10 0 R " * 64 + b"]>>"}),
    "lzw-bomb": pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]>>", 3: b"<</Type/Page/Contents 4 0 R>>", 4: b"<</Filter[/ASCII85Decode/LZWDecode/RunLengthDecode]/Length 40>>\nstream\n" + b"z" * 38 + b"~>\nendstream"}),
    "empty": b"",
    "header-only": b"%PDF-1.7\n",
    "zeros": bytes(5000),
}


def main():
    PLACE.mkdir(exist_ok=True)
    for name, data in FILES.items():
        (PLACE / f"{name}.pdf").write_bytes(data)
    print(len(FILES), "files", sum(map(len, FILES.values())) // 1024, "KB")
    for name, data in sorted(FILES.items(), key=lambda item: -len(item[1]))[:8]:
        print(name, len(data) // 1024, "KB")


main()
