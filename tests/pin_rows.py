#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes pinned_rows.txt: losses and gradients to 40 digits by the textbook formulas

    loss = sum_j q_j (log sum_k exp(x_k) - x_j),   g_j = Q exp(x_j) / sum_k exp(x_k) - q_j,   Q = sum_j q_j

in mpmath with 3000 digits, so that what cancels there does not matter. A line is a row:

    f32|f64 labels Y|probs Q_0 ... logits X_0 ... loss L grad G_0 ...

Usage: pin_rows.py > pinned_rows.txt
"""

import random
import struct

from mpmath import mp, mpf

mp.dps = 3000


def to_f32(value):
    return struct.unpack("f", struct.pack("f", value))[0]


def line(dtype, logits, label=None, probs=None):
    if dtype == "f32":
        logits = [to_f32(x) for x in logits]
        probs = probs and [to_f32(q) for q in probs]
    q = [mpf(v) for v in probs] if probs else [mpf(j == label) for j in range(len(logits))]
    finite = [x != float("-inf") for x in logits]
    exps = [mp.exp(mpf(x)) if f else mpf(0) for x, f in zip(logits, finite)]
    total = mp.fsum(exps)
    loss = mp.fsum(w * (mp.log(total) - mpf(x)) for w, x, f in zip(q, logits, finite) if f and w)
    grad = [mp.fsum(q) * e / total - w for w, e in zip(q, exps)]
    targets = "probs " + " ".join(v.hex() for v in probs) if probs else f"labels {label}"
    digits = [mp.nstr(v, 40, strip_zeros=False) for v in [loss, *grad]]
    xs = " ".join(x.hex() for x in logits)
    return f"{dtype} {targets} logits {xs} loss {digits[0]} grad {' '.join(digits[1:])}"


def rows():
    rng = random.Random(20)
    inf = float("inf")
    for dtype, gap, huge in (("f32", 87.0, 2.0**24), ("f64", 740.0, 2.0**53)):
        yield line(dtype, [0.0, 0.0], label=0)
        yield line(dtype, [1.0, 1.0, 1.0, 1.0, 1.0], label=3)
        yield line(dtype, [gap, 0.0, 1.0], label=0)
        yield line(dtype, [gap, 0.0, 1.0], label=1)
        yield line(dtype, [gap, 0.0, -gap, gap], label=3)
        yield line(dtype, [1.0, 1.0 + 2.0**-20, 1.0 - 2.0**-20], label=1)
        yield line(dtype, [2.0**-126, -(2.0**-140), 0.0], label=0)
        yield line(dtype, [-inf, 3.0, 2.5, -inf], label=2)
        yield line(dtype, [huge, huge - 1.0, huge - 3.0], label=1)
        yield line(dtype, [9.5, 0.25, -1.0], probs=[1.0, 0.0, 0.0])
        yield line(dtype, [-inf, 0.5, 1.5], probs=[0.0, 0.25, 0.75])
        yield line(dtype, [gap, 0.0, 1.0], probs=[0.5, 1e-30, 0.75])
        for classes in (2, 3, 7):
            logits = [rng.gauss(0, 5) for _ in range(classes)]
            yield line(dtype, logits, label=rng.randrange(classes))
            yield line(dtype, logits, probs=[rng.random() for _ in range(classes)])


if __name__ == "__main__":
    print("\n".join(rows()))
