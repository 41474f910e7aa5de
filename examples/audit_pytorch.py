#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""PyTorch's losses and gradient of logits.npy and labels.npy, saved for xent to judge:

    audit_pytorch.py
    xent audit --logits logits.npy --labels labels.npy --loss loss.npy --grad grad.npy

Or judged at once beside those of implementations of xent, as a table; nothing is saved:

    audit_pytorch.py --beside sparse simd --xent build/release/cli/xent

Debian 12: apt-get install python3-torch.
"""
import argparse
import json
import subprocess
import tempfile

import numpy as np
import torch


def save(args, folder):
    x = torch.from_numpy(np.load(args.logits)).requires_grad_()
    loss = torch.nn.functional.cross_entropy(x, torch.from_numpy(np.load(args.labels)), reduction="none")
    loss.sum().backward()
    np.save(f"{folder}/loss.npy", loss.detach().numpy())
    np.save(f"{folder}/grad.npy", x.grad.numpy())


def xent(args, *more):
    command = [args.xent, *more, "--logits", args.logits, "--labels", args.labels]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def row(args, name, folder):
    found = json.loads(xent(args, "audit", "--loss", f"{folder}/loss.npy", "--grad", f"{folder}/grad.npy", "--json", "-"))
    cells = [f"{one['categories']['lost']} of {one['count']} | {one.get('max_ulp', float('nan')):.4g}"
             for one in (found["loss"], found["grad_at_label"])]
    return f"| {name} | {' | '.join(cells)} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--logits", default="logits.npy")
    parser.add_argument("--labels", default="labels.npy")
    parser.add_argument("--beside", nargs="+", metavar="IMPLEMENTATION")
    parser.add_argument("--xent", default="xent")
    args = parser.parse_args()
    if not args.beside:
        save(args, ".")
        return
    print("| | losses lost to zero | largest error of the others, ulp | label gradients lost to zero | largest error of the others, ulp |")
    print("|---|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        save(args, folder)
        print(row(args, f"PyTorch {torch.__version__}", folder))
        for name in args.beside:
            xent(args, "eval", "--impl", name, "--reduction", "none",
                 "--loss-out", f"{folder}/loss.npy", "--grad-out", f"{folder}/grad.npy")
            print(row(args, f"xent `{name}`", folder))


if __name__ == "__main__":
    main()
