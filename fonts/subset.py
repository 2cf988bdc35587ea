#!/usr/bin/env python3
"""Rebuild and check the bundled fonts. README.md tells where the sources come from.

    subset.py build DIR... [--out DIR] [--update]
                                     every font of SOURCES.toml, from the unpacked packages below DIR
    subset.py verify                 the committed files against SOURCES.toml and charset.txt
    subset.py cover FILE...          characters of text files that the Noto faces lack
    subset.py charset FILE.bz2       write charset.txt from Unihan_OtherMappings.txt.bz2

Needs Python 3.11 or newer and the exact fontTools named below: another version may
write other bytes for the same font.
"""

import argparse
import bz2
import hashlib
import re
import shutil
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "SOURCES.toml"
CHARSET = HERE / "charset.txt"
FONTTOOLS = "4.68.0"

# What a Chinese book needs beside its Han characters. Characters a font does not
# have are left out; `subset.py verify` and `cover` say which. Kana is not here: its many
# layout variants add 0.3 MB a face, and LXGW WenKai, which is whole, stands in for it.
RANGES = [
    ("ASCII, Latin-1, Latin Extended-A", "0020-007E 00A0-017F"),
    ("Latin Extended-B, the pinyin part and neighbours", "0180-024F"),
    ("IPA g and alpha as used in pinyin, modifier tone marks", "0251 0261 02C7-02DD"),
    ("combining accents for pinyin such as e circumflex macron", "0300-0304 0308 030C"),
    ("Greek, Cyrillic", "0370-03FF 0401 0410-044F 0451"),
    ("Latin Extended Additional", "1E00-1EFF"),
    ("general punctuation, super- and subscripts, currency", "2000-206F 2070-209F 20A0-20BF"),
    ("letterlike symbols, number forms with Roman numerals", "2100-214F 2150-218F"),
    ("arrows, mathematical operators, technical", "2190-21FF 2200-22FF 2300-23FF"),
    ("enclosed alphanumerics, boxes, blocks, shapes", "2460-24FF 2500-257F 2580-259F 25A0-25FF"),
    ("stars, check marks, dingbat numbers", "2600-26FF 2700-27BF"),
    ("long dashes, CJK punctuation, katakana dot, bopomofo", "2E3A-2E3B 3000-303F 30FB 3105-312F"),
    ("enclosed ideographs and numbers to 50, unit squares", "3220-3243 3250-325F 3280-32BF 3371-33DF"),
    ("vertical and compatibility forms, fullwidth and halfwidth", "FE10-FE19 FE30-FE4F FF00-FFEF"),
]

# Names of elements, later than the table of 2013, and the double happiness of weddings.
EXTRA = "鿔鿫鿬鿭囍"


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def entries():
    return tomllib.loads(SOURCES.read_text("utf-8"))["font"]


def charset():
    """The code points of charset.txt: `U+A-B` ranges, and literal characters on other lines."""
    points = set()
    for line in CHARSET.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("U+"):
            for first, last in re.findall(r"([0-9A-F]{4,6})(?:-([0-9A-F]{4,6}))?", line[2:]):
                points.update(range(int(first, 16), int(last or first, 16) + 1))
        else:
            points.update(map(ord, line.strip()))
    return points


def gb2312():
    """The 6763 Han characters of GB 2312, through Python's own codec."""
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes([row, cell]).decode("gb2312")
            except UnicodeDecodeError:
                continue


def write_charset(unihan):
    """charset.txt from the kTGH field: the number of a character in the table of 2013."""
    table = {}
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        for line in lines:
            if "\tkTGH\t2013:" in line:
                point, _, value = line.split()
                table[int(value.split(":")[1])] = chr(int(point[2:], 16))
    if sorted(table) != list(range(1, 8106)):
        raise SystemExit(f"{unihan}: {len(table)} characters with kTGH, not 8105")
    han = [table[number] for number in sorted(table)]
    more = sorted(set(gb2312()) - set(han))
    extra = sorted(set(EXTRA) - set(han) - set(more))
    out = ["# What the subset fonts keep. Written by `subset.py charset`; not edited by hand."]
    for title, text in RANGES:
        out += [f"# {title}", "U+" + text]
    for title, chars in [
        ("通用规范汉字表 level 1, 3500 characters", han[:3500]),
        ("通用规范汉字表 level 2, 3000 characters", han[3500:6500]),
        ("通用规范汉字表 level 3, 1605 characters", han[6500:]),
        (f"GB 2312, the {len(more)} Han characters that the table above has not", more),
        ("more", extra),
    ]:
        out.append(f"# {title}")
        out += ["".join(chars[at : at + 50]) for at in range(0, len(chars), 50)]
    CHARSET.write_text("\n".join(out) + "\n", "utf-8")
    print(f"{CHARSET.name}: {len(charset())} code points")


def subset(source, target, points):
    """One static TrueType font reduced to `points`; names and layout features stay."""
    import fontTools
    from fontTools import subset as pyftsubset

    if fontTools.version != FONTTOOLS:
        raise SystemExit(f"fontTools {FONTTOOLS} wanted, {fontTools.version} found")
    options = pyftsubset.Options()
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.name_legacy = True
    options.notdef_outline = True
    options.recalc_timestamp = False  # the same bytes on any day
    options.harfbuzz_repacker = False  # and with or without uharfbuzz installed
    font = pyftsubset.load_font(str(source), options)
    subsetter = pyftsubset.Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    pyftsubset.save_font(font, str(target), options)


def source_file(roots, entry):
    """The file of the one package version that SOURCES.toml names, wherever it was unpacked."""
    for root in roots:
        for path in sorted(root.rglob(entry["source"])):
            if sha256(path) == entry["source_sha256"]:
                return path
    raise SystemExit(f"{entry['source']} of {entry['package']} {entry['version']} not found")


def build(roots, out, update):
    points = charset()
    text = SOURCES.read_text("utf-8")
    wrong = 0
    out.mkdir(parents=True, exist_ok=True)
    for entry in entries():
        source = source_file(roots, entry)
        target = out / entry["file"]
        if entry["modification"] == "none":
            shutil.copyfile(source, target)
        else:
            subset(source, target, points)
        made = sha256(target)
        same = made == entry["sha256"]
        wrong += not same
        print(f"{'same' if same else 'NEW '} {made[:16]} {target.stat().st_size:>9} {entry['file']}")
        text = text.replace(f'\nsha256 = "{entry["sha256"]}"', f'\nsha256 = "{made}"')
    if update:
        SOURCES.write_text(text, "utf-8")
    elif wrong:
        raise SystemExit(f"{wrong} file(s) differ from SOURCES.toml; --update records them")


def verify():
    from fontTools.ttLib import TTFont

    points, total, wrong = charset(), 0, []
    for entry in entries():
        path = HERE / entry["file"]
        total += path.stat().st_size
        if sha256(path) != entry["sha256"]:
            wrong.append(f"{entry['file']}: not the file SOURCES.toml describes")
        if not (HERE / entry["licence_file"]).is_file():
            wrong.append(f"{entry['file']}: {entry['licence_file']} is missing")
        if entry["modification"] == "none":
            continue
        font = TTFont(path)
        lacks = sorted(points - set(font.getBestCmap()))
        han = [chr(point) for point in lacks if point >= 0x3400 and not 0xFE00 <= point <= 0xFFFF]
        print(f"{entry['file']}: {len(points) - len(lacks)} of {len(points)} code points; Han lacking: {''.join(han) or 'none'}")
        if han:
            wrong.append(f"{entry['file']}: Han characters lacking")
        name = font["name"].getDebugName(16) or font["name"].getDebugName(1)
        if name != entry["family"]:
            wrong.append(f"{entry['file']}: family {name}")
    listed = {entry["file"] for entry in entries()}
    wrong += [f"{path.name}: not in SOURCES.toml" for path in sorted(HERE.glob("*.[ot]tf")) if path.name not in listed]
    print(f"{len(listed)} files, {total} bytes")
    if wrong:
        raise SystemExit("\n".join(wrong))


def cover(files):
    from fontTools.ttLib import TTFont

    text = set("".join(file.read_text("utf-8") for file in files)) - set("\n\r\t")
    for entry in entries():
        if entry["modification"] != "none":
            have = TTFont(HERE / entry["file"]).getBestCmap()
            lacks = [f"{char} U+{ord(char):04X}" for char in sorted(text) if ord(char) not in have]
            print(f"{entry['file']}: {len(text)} characters, lacking: {', '.join(lacks) or 'none'}")


def main():
    parser = argparse.ArgumentParser(description="Rebuild and check the bundled fonts.")
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("build")
    one.add_argument("roots", type=Path, nargs="+")
    one.add_argument("--out", type=Path, default=HERE)
    one.add_argument("--update", action="store_true")
    commands.add_parser("verify")
    commands.add_parser("cover").add_argument("files", type=Path, nargs="+")
    commands.add_parser("charset").add_argument("unihan", type=Path)
    args = parser.parse_args()
    if args.command == "build":
        build(args.roots, args.out, args.update)
    elif args.command == "verify":
        verify()
    elif args.command == "cover":
        cover(args.files)
    else:
        write_charset(args.unihan)


if __name__ == "__main__":
    sys.exit(main())
