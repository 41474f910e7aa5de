# SPDX-License-Identifier: MIT
"""A row of pinned_rows.txt: its loss and gradient to 40 digits by the textbook formulas

    loss = sum_j c_j (log sum_k exp(x_k) - x_j),    c_j = w_j ((1 - eps) q_j + eps / C)
    g_j  = Q exp(x_j) / sum_k exp(x_k) - c_j,       Q = sum_j c_j

over the finite logits, in mpmath with 3000 digits, so that what cancels there does not matter: 3300
digits must give the same 40. Where all finite logits are equal, k of them, exp(x_j) / sum_k exp(x_k)
is 1 / k exactly. A line is a row, its numbers exact: in decimal where six digits hold them, else in
hexadecimal.

    f32|f64|bf16|f16  labels Y | probs Q_0 ... | csr K ... probs Q_K ...
                      [ignore I] [weight W_0 ...] [smoothing EPS]  logits X_0 ...  loss L grad G_0 ...

Logits are numbers of the named type; probs and weight too, but of f32 beside 16-bit logits.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from mpmath import mp, mpf

INF = float("inf")
FORMATS = {"f32": (24, -126), "f64": (53, -1022), "bf16": (8, -126), "f16": (11, -14)}


def rounded(x, dtype):
    """The number of that type nearest to x, ties to even; exact."""
    if x == 0 or math.isinf(x):
        return x
    digits, min_exponent = FORMATS[dtype]
    exponent = max(math.frexp(x)[1] - 1, min_exponent)
    unit = Fraction(2) ** (exponent - digits + 1)
    number = round(Fraction(x) / unit) * unit  # round() of a Fraction takes ties to even
    largest = (2 - Fraction(2) ** (1 - digits)) * Fraction(2) ** (1 - min_exponent)
    return math.copysign(INF, x) if abs(number) > largest else float(number)


@dataclass
class Row:
    dtype: str
    logits: list
    label: int = None
    probs: list = None
    csr: dict = None  # class -> probability
    weight: list = None
    smoothing: float = 0.0
    ignore: int = None

    def __post_init__(self):
        other = self.dtype if self.dtype in ("f32", "f64") else "f32"
        self.logits = [rounded(x, self.dtype) for x in self.logits]
        self.probs = self.probs and [rounded(q, other) for q in self.probs]
        self.csr = self.csr and {k: rounded(q, other) for k, q in sorted(self.csr.items())}
        self.weight = self.weight and [rounded(w, other) for w in self.weight]

    def coefficients(self):
        """The c_j as Fractions."""
        classes = len(self.logits)
        if self.probs:
            q = self.probs
        elif self.csr:
            q = [self.csr.get(j, 0) for j in range(classes)]
        else:
            q = [int(j == self.label and self.label != self.ignore) for j in range(classes)]
        if self.label is not None and self.label == self.ignore:
            return [Fraction(0)] * classes
        eps = Fraction(self.smoothing)
        weight = self.weight or [1] * classes
        return [Fraction(w) * ((1 - eps) * Fraction(v) + eps / classes) for w, v in zip(weight, q)]


def real(fraction):
    return mpf(fraction.numerator) / fraction.denominator


def softmax(logits):
    """Each lse - x_j and p_j; where x_j = -inf: inf and 0."""
    finite = [mpf(x) for x in logits if x != -INF]
    if len(set(finite)) == 1:
        gap, p = mp.log(len(finite)), Fraction(1, len(finite))
        return [(INF, Fraction(0)) if x == -INF else (gap, p) for x in logits]
    total = mp.fsum(mp.exp(x) for x in finite)
    lse = mp.log(total)
    return [(INF, Fraction(0)) if x == -INF else (lse - mpf(x), mp.exp(mpf(x)) / total) for x in logits]


def infinite_terms(row, c):
    """The sum of the terms of masked classes: 0, an infinity or NaN."""
    return sum(math.copysign(INF, v) for x, v in zip(row.logits, c) if x == -INF and v != 0)


def results(row):
    """Loss and gradient to 40 digits at the digits of mp."""
    c = row.coefficients()
    mass = sum(c)
    softened = softmax(row.logits)
    loss = infinite_terms(row, c) or mp.fsum(real(v) * gap for v, (gap, _) in zip(c, softened) if v)
    values = [mpf(loss)]
    for v, (_, p) in zip(c, softened):
        exact = isinstance(p, Fraction) or mass == 0
        g = real(mass * p - v) if isinstance(p, Fraction) else real(mass) * p - real(v)
        assert exact or g != 0, row
        values.append(g)
    assert values[0] != 0 or not any(c) or isinstance(softened[0][1], Fraction), row
    return [mp.nstr(v, 40, strip_zeros=False) if v else "0" for v in values]


def number(x):
    short = f"{x:.6g}"
    if math.isinf(x) or Fraction(short) == Fraction(x):
        return short
    mantissa, exponent = x.hex().split("p")
    return mantissa.rstrip("0").rstrip(".") + "p" + exponent


def numbers(values):
    return " ".join(number(v) for v in values)


def line(row):
    mp.dps = 3000
    loss, *grad = results(row)
    mp.dps = 3300
    assert [loss, *grad] == results(row), row
    if row.probs:
        text = f"{row.dtype} probs {numbers(row.probs)}"
    elif row.csr:
        text = f"{row.dtype} csr {' '.join(map(str, row.csr))} probs {numbers(row.csr.values())}"
    else:
        text = f"{row.dtype} labels {row.label}"
    if row.ignore is not None:
        text += f" ignore {row.ignore}"
    if row.weight:
        text += f" weight {numbers(row.weight)}"
    if row.smoothing:
        text += f" smoothing {number(row.smoothing)}"
    return f"{text} logits {numbers(row.logits)} loss {loss} grad {' '.join(grad)}"
