#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes pinned_rows.txt: each kind of row with each form of targets (pinned_row.py has the format).

Usage: pin_rows.py > pinned_rows.txt
"""

import itertools
import random

from pinned_row import FORMATS, INF, Row, line

RANDOM_CLASSES = (2, 3, 7, 12, 40)


def steep_logits(dtype):
    """Logits on which formulas fail, each with a label. What is next to a certainty by less than
    10^-2900 is in no gradient component and no loss here."""
    gap, far, offset, huge = {
        "f32": (87.0, 104.0, 1e8, 3e38),
        "f64": (708.0, 740.0, 1e8, 1e300),
        "bf16": (87.0, 104.0, 1e8, 3e38),
        "f16": (9.0, 16.5, 3e4, 65504.0),
    }[dtype]
    digits, min_exponent = FORMATS[dtype]
    ulp, tiny = 2.0 ** (1 - digits), 2.0**min_exponent
    step = offset * ulp
    yield [gap, 0.0, 1.0], 0  # a small loss
    yield [far, 0.0, -1.0], 0  # a subnormal loss
    yield [far, 0.0, 1.0], 1
    yield [gap, 0.0, -gap, gap], 3  # two maxima
    yield [1.5] * 5, 3
    yield [1.0, 1.0 + ulp, 1.0 - ulp], 1
    yield [tiny, -tiny / 4, 0.0], 0  # subnormal logits
    yield [-INF, 3.0, 2.5, -INF], 2
    yield [-INF, 0.25, -INF], 1
    yield [offset, offset - step, offset - 3 * step], 1
    yield [huge, -huge], 1
    yield [-huge, -huge, -INF], 0
    yield [5.5], 0


def weights(classes, label, dtype):
    """Weights to go through: of like size, of far sizes, 0 at the label, one negative."""
    large = 2.0**300 if dtype == "f64" else 2.0**60
    like = [0.75 + 0.3 * (j % 5) for j in range(classes)]
    far = [(large, 1.0, 1 / large, 3.5)[j % 4] for j in range(classes)]
    zero = [0.0 if j == label else w for j, w in enumerate(like)]
    negative = [-w if j == (label + 1) % classes else w for j, w in enumerate(like)]
    return itertools.cycle([like, far, zero, negative])


def probabilities(rng, classes, label):
    """Probabilities to go through: a distribution, one that is nearly one-hot, one of any sum with a
    negative element, one-hot."""
    draws = [rng.random() for _ in range(classes)]
    even = [q / sum(draws) for q in draws]
    peaked = [0.875 if j == label else q * 2.0**-40 for j, q in enumerate(draws)]
    signed = [-q if j == (label + 1) % classes else 2 * q for j, q in enumerate(draws)]
    one_hot = [float(j == label) for j in range(classes)]
    return itertools.cycle([even, peaked, signed, one_hot])


def few(rng, probs, label):
    """A part of the probabilities by class, the label's among them."""
    kept = {rng.randrange(len(probs)) for _ in range(3)} | {label}
    return {j: probs[j] for j in kept}


def rows_of(dtype, rng):
    smoothings = itertools.cycle([0.1, 1.0, 2.0**-30, 0.9])
    vectors = list(steep_logits(dtype))
    for classes in RANDOM_CLASSES:
        vectors.append(([rng.gauss(0, 5) for _ in range(classes)], rng.randrange(classes)))
    for turn, (logits, label) in enumerate(vectors):
        classes = len(logits)
        weight = weights(classes, label, dtype)
        probs = probabilities(rng, classes, label)
        for _ in range(turn % 4):
            next(weight), next(probs)
        yield Row(dtype, logits, label=label)
        yield Row(dtype, logits, label=label, weight=next(weight))
        yield Row(dtype, logits, label=label, weight=next(weight), smoothing=next(smoothings))
        yield Row(dtype, logits, probs=next(probs))
        yield Row(dtype, logits, probs=next(probs), weight=next(weight), smoothing=next(smoothings))
        yield Row(dtype, logits, csr=few(rng, next(probs), label))
        yield Row(dtype, logits, csr=few(rng, next(probs), label), weight=next(weight),
                  smoothing=next(smoothings) if turn % 2 else 0.0)
    yield Row(dtype, [0.5, -1.0, 2.0], label=2, ignore=2, weight=[1.0, 2.0, 0.5])
    yield Row(dtype, [0.5, -1.0, 2.0], label=1, ignore=2, weight=[1.0, 2.0, 0.5])
    yield Row(dtype, [0.5, -1.0, 2.0], label=0, ignore=0, weight=[1.0, 2.0, 0.5], smoothing=0.1)
    yield Row(dtype, [0.5, -1.0, 2.0], label=0, ignore=-100, weight=[1.0, 2.0, 0.5], smoothing=0.1)


def rows():
    rng = random.Random(20)
    for dtype in FORMATS:
        yield from rows_of(dtype, rng)


if __name__ == "__main__":
    print("# Rows with their loss and gradient, written by pin_rows.py; pinned_row.py has the format.")
    for row in rows():
        print(line(row))
