#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What PyTorch's cross_entropy answers to the special values of docs/policy.md: prints logits,
target and reduction, then the loss and the gradient, in float32. An integer target is a label.

    /usr/bin/python3 docs/policy_torch.py        Debian 12: apt-get install python3-torch
"""
import torch
import torch.nn.functional as F

inf, nan = torch.inf, torch.nan
CASES = [
    # one row: logits, label or probs
    ([0.0, nan, 1.0], 0),
    ([0.0, inf, 1.0], 0),
    ([inf, 0.0, 1.0], 0),
    ([0.0, -inf, 1.0], 0),
    ([-inf, 0.0, 1.0], 0),
    ([-inf, -inf, -inf], 0),
    ([-inf, inf, 0.0], 0),
    ([3e38, -3e38, 0.0], 0),
    ([3e38, -3e38, 0.0], 1),
    ([5.0], 0),
    ([5.0], [1.0]),
    ([0.0, -inf, 1.0], [1.0, 0.0, 0.0]),
    ([0.0, -inf, 1.0], [0.5, 0.5, 0.0]),
    ([0.0, -inf, 1.0], [1.5, -0.5, 0.0]),
    ([0.0, -inf, -inf], [0.0, 0.5, -0.5]),
    ([0.0, 2.0, 1.0], [0.0, 0.0, 0.0]),
    ([0.0, 2.0, 1.0], [nan, 0.0, 1.0]),
    ([0.0, -inf, 1.0], [1.0, nan, 0.0]),
    ([0.0, 2.0, 1.0], [inf, 0.0, 1.0]),
    ([0.0, 1.0, 2.0], 3),
    ([0.0, 1.0, 2.0], -1),
    ([0.0, 1.0, 2.0], -100),
]


def answer(logits, target, reduction):
    logits = logits.requires_grad_()
    try:
        loss = F.cross_entropy(logits, target, reduction=reduction)
        loss.sum().backward()
    except Exception as fault:
        return f"{type(fault).__name__}: {fault}"
    return f"{loss.tolist()}  {logits.grad.tolist()}"


for row, target in CASES:
    print(row, target, "none:", answer(torch.tensor([row]), torch.tensor([target]), "none"))
for reduction in ("none", "sum", "mean"):
    labels = torch.zeros(0, dtype=torch.int64)
    print("[0, 3] labels", reduction + ":", answer(torch.zeros(0, 3), labels, reduction))
    print("[0, 3] probs", reduction + ":", answer(torch.zeros(0, 3), torch.zeros(0, 3), reduction))
print("[2, 0] labels none:", answer(torch.zeros(2, 0), torch.zeros(2, dtype=torch.int64), "none"))
two_rows = torch.tensor([[nan, 0.0, 0.0], [0.0, 0.0, 0.0]])
print("[nan, 0, 0], [0, 0, 0] mean:", answer(two_rows, torch.tensor([0, 1]), "mean"))
