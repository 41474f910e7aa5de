#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""PyTorch's losses and gradient of logits.npy and labels.npy, saved for xent to judge:

    xent audit --logits logits.npy --labels labels.npy --loss loss.npy --grad grad.npy

Debian 12: apt-get install python3-torch.
"""
import numpy as np
import torch

x = torch.from_numpy(np.load("logits.npy")).requires_grad_()
loss = torch.nn.functional.cross_entropy(x, torch.from_numpy(np.load("labels.npy")), reduction="none")
loss.sum().backward()
np.save("loss.npy", loss.detach().numpy())
np.save("grad.npy", x.grad.numpy())
