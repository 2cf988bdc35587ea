"""Good files made by other programs: `python tests/preflight/good.py`.

What each program makes is committed, so that the tests need none of them.
`office/` must be clean by the profile `office`, `press/` by `x4-coated`.
Needs reportlab, fpdf2, PyMuPDF, matplotlib, cairosvg, pypdf, pikepdf and, from
the system, ghostscript, qpdf, mupdf-tools, poppler-utils and chromium.
"""
import datetime
import io
import pathlib
import subprocess
import tempfile

import pikepdf
import sample
from pikepdf import Array, Dictionary, Name, String

OFFICE = pathlib.Path("tests/preflight/good/office")
PRESS = pathlib.Path("tests/preflight/good/press")
FACE = "fonts/LibertinusSerif-Regular.otf"
TRUETYPE = "fonts/DejaVuSansMono.ttf"
WORK = pathlib.Path(tempfile.mkdtemp())
WORDS = "A good page: nothing to say about it."

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300">
<rect x="60" y="60" width="200" height="80" fill="#aac" stroke="#224" stroke-width="2"/>
<path d="M80 200 C 120 160 200 260 300 200" fill="none" stroke="black"/>
<text x="70" y="110" font-family="DejaVu Sans Mono" font-size="14">Nothing to say</text></svg>"""

POSTSCRIPT = """%!PS
/NimbusSans-Regular findfont 14 scalefont setfont
72 700 moveto (A good page: nothing to say about it.) show
0.5 setlinewidth 72 690 moveto 400 690 lineto stroke
0.8 setgray 72 500 200 100 rectfill showpage
"""


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def reportlab(path):
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Mono", TRUETYPE))
    canvas = Canvas(str(path), pagesize=(420, 595), invariant=True, initialFontName="Mono")
    canvas.setFont("Mono", 11)
    canvas.drawString(60, 500, WORDS)
    canvas.line(60, 490, 300, 490)
    canvas.setFillColorRGB(0.8, 0.9, 0.8)
    canvas.rect(60, 300, 200, 100, fill=1)
    canvas.save()


def fpdf(path):
    from fpdf import FPDF

    pdf = FPDF(format="A5")
    pdf.set_creation_date(datetime.datetime(2026, 11, 27, tzinfo=datetime.timezone.utc))
    pdf.add_font("Mono", fname=TRUETYPE)
    pdf.add_page()
    pdf.set_font("Mono", size=12)
    for _ in range(5):
        pdf.cell(text=WORDS, new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(path))


def pymupdf(path):
    import pymupdf

    pdf = pymupdf.open()
    page = pdf.new_page(width=420, height=595)
    page.insert_font(fontname="own", fontfile=FACE)
    page.insert_text((60, 100), WORDS, fontname="own", fontsize=12)
    page.draw_circle((200, 300), 60, color=(0, 0, 0), fill=(0.9, 0.8, 0.7), width=1)
    pdf.subset_fonts()
    pdf.save(str(path), garbage=4, deflate=True, no_new_id=True)


def matplotlib(path):
    import matplotlib

    matplotlib.use("pdf")
    matplotlib.rcParams["pdf.fonttype"] = 42
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(5, 4))
    axes.plot([1, 2, 3, 4], [3, 1, 4, 1], linewidth=1.5)
    axes.set_title("Nothing to say")
    figure.savefig(path, metadata={"CreationDate": None, "ModDate": None})


def cairo(path):
    import cairosvg

    cairosvg.svg2pdf(bytestring=DRAWING.encode(), write_to=str(path))


def chromium(path):
    page = WORK / "page.html"
    page.write_text("<style>body{font:14px 'DejaVu Sans Mono';margin:2cm}p{border-bottom:1px solid}</style>" + f"<p>{WORDS}</p>" * 4)
    run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={path}", page.as_uri())


def ghostscript(path):
    source = WORK / "page.ps"
    source.write_text(POSTSCRIPT)
    run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-dEmbedAllFonts=true", f"-o{path}", str(source))


def qpdf(path):
    run("qpdf", "--linearize", "--object-streams=generate", "--deterministic-id", str(OFFICE / "reportlab.pdf"), str(path))


def poppler(path):
    run("pdftocairo", "-pdf", str(OFFICE / "reportlab.pdf"), str(path))


def mupdf(path):
    run("mutool", "clean", "-gggz", str(OFFICE / "fpdf2.pdf"), str(path))


def pypdf(path):
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.append(str(OFFICE / "fpdf2.pdf"))
    writer.append(str(OFFICE / "fpdf2.pdf"))
    writer.compress_identical_objects()
    writer.write(str(path))


def for_the_press(pdf, path):
    """What a plug-in for PDF/X-4 adds to a page with bleed."""
    model = sample.good()
    for page in pdf.pages:
        box = [float(side) for side in page.obj.MediaBox]
        page.obj.TrimBox = [box[0] + 8.504, box[1] + 8.504, box[2] - 8.504, box[3] - 8.504]
        page.obj.BleedBox = box
    pdf.Root.OutputIntents = pdf.copy_foreign(model.make_indirect(model.Root.OutputIntents))
    metadata = pdf.make_stream(sample.XMP.encode())
    metadata.update(Dictionary(Type=Name.Metadata, Subtype=Name.XML))
    pdf.Root.Metadata = metadata
    pdf.docinfo["/Trapped"] = Name("/False")
    sample.save(pdf, path)


def press_reportlab(path):
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Mono", TRUETYPE))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(437, 612), invariant=True, enforceColorSpace="CMYK", initialFontName="Mono")
    for _ in range(2):
        canvas.setFillColorCMYK(0.2, 0, 0.1, 0)
        canvas.rect(0, 0, 437, 100, fill=1, stroke=0)
        canvas.setFillColorCMYK(0, 0, 0, 1)
        canvas.setStrokeColorCMYK(0, 0, 0, 1)
        canvas.setFont("Mono", 11)
        canvas.drawString(60, 500, WORDS)
        canvas.line(60, 490, 300, 490)
        canvas.showPage()
    canvas.save()
    for_the_press(pikepdf.open(file), path)


def press_ghostscript(path):
    made = WORK / "cmyk.pdf"
    run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-sColorConversionStrategy=CMYK",
        "-dProcessColorModel=/DeviceCMYK", f"-o{made}", str(WORK / "page.ps"))
    for_the_press(pikepdf.open(made), path)


def press_qpdf(path):
    run("qpdf", "--linearize", "--deterministic-id", "tests/preflight/good/press/sample.pdf", str(path))


def press_mupdf(path):
    run("mutool", "clean", "-gggz", "tests/preflight/good/press/sample.pdf", str(path))


def press_pymupdf(path):
    import pymupdf

    pymupdf.open("tests/preflight/good/press/sample.pdf").save(str(path), garbage=3, deflate=True, no_new_id=True)


def main():
    OFFICE.mkdir(parents=True, exist_ok=True)
    PRESS.mkdir(parents=True, exist_ok=True)
    office = {
        "reportlab": reportlab, "fpdf2": fpdf, "pymupdf": pymupdf, "matplotlib": matplotlib, "cairo": cairo,
        "chromium": chromium, "ghostscript": ghostscript, "qpdf": qpdf, "poppler": poppler, "mupdf": mupdf, "pypdf": pypdf}
    press = {
        "reportlab": press_reportlab, "ghostscript": press_ghostscript, "qpdf": press_qpdf,
        "mupdf": press_mupdf, "pymupdf": press_pymupdf}
    for folder, makers in ((OFFICE, office), (PRESS, press)):
        for name, make in makers.items():
            make(folder / f"{name}.pdf")


main()
