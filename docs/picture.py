#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""picture.py [--check]: draws docs/picture.svg from the figures in the tables of docs/usage.md (losses that PyTorch
loses) and docs/performance.md (time of the loss). --check draws nothing; it exits with 1 where the picture is
not the one that the tables give."""
import pathlib
import sys

DOCS = pathlib.Path(__file__).resolve().parent
SHAPE = "128x50257 (L3)"
OURS, THEIRS, INK = "#1b6ca8", "#9a9a9a", "#222222"


def cells(document, first):
    """The cells of the first row of a table of the document whose first cell begins with `first`."""
    for line in (DOCS / document).read_text(encoding="utf-8").splitlines():
        row = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and row[0].startswith(first):
            return row
    raise SystemExit(f"picture.py: {document} has no row that begins with '{first}'")


def lost():
    """(name, losses lost to zero as the table has them, rows)"""
    for name in ("PyTorch", "xent `sparse`", "xent `simd`"):
        row = cells("usage.md", name)
        count, rows = row[1].split(" of ")
        yield row[0].replace("`", ""), count, int(rows)


def times():
    """(name, nanoseconds a logit as the table has them), and the roof: 4 bytes over the speed of the fastest read."""
    row = cells("performance.md", SHAPE)
    named = {"xent simd": row[2], "xent faithful": row[5], "oneDNN": row[9], "libtorch": row[8]}
    return list(named.items()), 4 / float(row[1])


def text(x, y, words, anchor="start", size=13, weight="normal"):
    return (f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" '
            f'fill="{INK}">{words}</text>')


def bars(left, rows, most, width):
    """Bars from x = left, one under the other; `rows` are (name, figure as text)."""
    for place, (name, value) in enumerate(rows):
        y = 78 + 34 * place
        yield text(left - 8, y + 15, name, "end")
        colour = OURS if name.startswith("xent") else THEIRS
        length = width * float(value) / most
        yield f'<rect x="{left}" y="{y}" width="{length:.1f}" height="22" fill="{colour}"/>'
        yield text(left + length + 6, y + 15, value)


def picture():
    left = list(lost())
    right, roof = times()
    rows = left[0][2]
    most = max(float(ns) for _, ns in right)
    x = 580 + 210 * roof / most
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 250" font-family="sans-serif">',
        '<rect width="860" height="250" fill="white"/>',
        text(20, 30, "Losses lost to zero", weight="bold", size=15),
        text(20, 50, f"of {rows} rows of a trained classifier, f32"),
        *bars(150, [(name, count) for name, count, _ in left], rows, 210),
        text(470, 30, "Time of the loss, ns a logit", weight="bold", size=15),
        text(470, 50, "128 x 50257, f32, one thread, Intel Sapphire Rapids"),
        *bars(580, right, most, 210),
        f'<line x1="{x:.1f}" y1="66" x2="{x:.1f}" y2="216" stroke="{INK}" stroke-dasharray="4 3"/>',
        text(x + 4, 232, f"roof: reading the logits, {roof:.3f}"),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def main():
    if sys.argv[1:] not in ([], ["--check"]):
        raise SystemExit("picture.py: takes --check or nothing")
    target = DOCS / "picture.svg"
    if not sys.argv[1:]:
        target.write_text(picture(), encoding="utf-8")
    elif not target.exists() or target.read_text(encoding="utf-8") != picture():
        raise SystemExit("picture.py: docs/picture.svg is not what the tables give; run docs/picture.py")


if __name__ == "__main__":
    main()
