#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What PyTorch does with class labels and with one-hot matrices: runs SESSION line by line and
prints it as an interactive Python would, of each error the last line. docs/two_forms.md quotes it.

    /usr/bin/python3 docs/two_forms_torch.py        Debian 12: apt-get install python3-torch
"""
import importlib.metadata
import platform
import subprocess

SESSION = """
# Four rows, three classes.
import torch
import torch.nn.functional as F
x = torch.tensor([[2., 1., 0.], [0., 3., 1.], [1., 0., 2.], [.5, .5, .5]])
y = torch.tensor([1, 2, 0, 2])
one_hot = F.one_hot(y, 3)
one_hot.dtype
logp = F.log_softmax(x, dim=1)

# nll_loss takes labels, and refuses a one-hot matrix of whatever type.
F.nll_loss(logp, y)
F.nll_loss(logp, one_hot.float())
F.nll_loss(logp, one_hot)

# cross_entropy takes labels, or a floating-point matrix as probabilities.
F.cross_entropy(x, y)
F.cross_entropy(x, one_hot.float())
F.cross_entropy(x, one_hot)
F.cross_entropy(x, y.float())
F.cross_entropy(x, y.int())
F.cross_entropy(x, y[:, None])

# Without a batch dimension: the one-hot row passes for labels, its first element for the label.
F.nll_loss(logp[0], one_hot[0])
F.nll_loss(logp[0], torch.tensor(0)), F.nll_loss(logp[0], y[0])

# Logits [4, 3, 3] want labels [4, 3]: the one-hot matrix is 12 labels, each 0 or 1.
F.cross_entropy(x[:, :, None].expand(4, 3, 3), one_hot, reduction='none')

# One logit per row, labels in a column of floats: probabilities of one class. Always 0.
F.cross_entropy(x[:, :1], y[:, None].float(), reduction='none')

# Back to labels with argmax: dim=1. With as many rows as classes, dim=0 is accepted too.
F.cross_entropy(x, one_hot.argmax(dim=1))
F.cross_entropy(x, one_hot.argmax(dim=0))
F.cross_entropy(x[:3], one_hot[:3].argmax(dim=0)), F.cross_entropy(x[:3], y[:3])
# A padding row of zeros: no loss as probabilities, label 0 after argmax.
padding = torch.zeros(1, 3)
F.cross_entropy(x[1:2], padding), F.cross_entropy(x[1:2], padding.argmax(dim=1))

# Softmax twice. one_hot.float() stands for a perfect prediction: even that costs 0.55.
F.cross_entropy(F.softmax(x, dim=1), y)
F.cross_entropy(one_hot.float(), y)
# nll_loss of logits, and of probabilities: negative.
F.nll_loss(x, y), F.nll_loss(F.softmax(x, dim=1), y)

# A masked class that is not the target.
masked = torch.tensor([[1., 0., -torch.inf]])
F.cross_entropy(masked, torch.tensor([0]))
F.cross_entropy(masked, torch.tensor([[1., 0., 0.]]))

# A confident row. The exact loss is log1p(exp(-30)).
confident = torch.tensor([[30., 0.]], requires_grad=True)
loss = F.cross_entropy(confident, torch.tensor([0]))
loss.item(), torch.log1p(torch.exp(torch.tensor(-30.))).item()
loss.backward()
confident.grad
"""


def run(line, names):
    """Prints one line of the session, and the value of an expression, as the interpreter does."""
    if not line or line.startswith("#"):
        print(line)
        return
    print(f">>> {line}")
    try:
        exec(compile(line, "<session>", "single"), names)
    except Exception as fault:
        print(f"{type(fault).__name__}: {fault}")


def main():
    package = subprocess.check_output(["dpkg-query", "--show", "python3-torch"], text=True).split()
    print(f"# Python {platform.python_version()}, Debian's {' '.join(package)}, which calls itself",
          importlib.metadata.version("torch"))
    names = {}
    for line in SESSION.strip().splitlines():
        run(line, names)


if __name__ == "__main__":
    main()
