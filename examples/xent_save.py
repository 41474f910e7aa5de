# SPDX-License-Identifier: MIT
"""Saves tensors of a PyTorch session, and NumPy arrays, to a .safetensors file, which xent reads. With this file
beside the script, or on PYTHONPATH:

    import xent_save
    xent_save.save("batch.safetensors", logits=logits, labels=labels, loss=loss, grad=logits.grad)

    xent audit --logits batch.safetensors:logits --labels batch.safetensors:labels \\
               --loss batch.safetensors:loss --grad batch.safetensors:grad

Names that are no keywords of Python go into a dictionary, as the one that torch.load returns of a file with a
state_dict; a tensor alone is named "tensor", and xent then needs no name:

    xent_save.save("weights.safetensors", torch.load("weights.pt"))
    xent_save.save("logits.safetensors", logits)

The values are saved bit for bit, whatever device they are on and whether they need a gradient or not: bf16 as
bf16, float16, float32 and float64, integers of every width, bool; of NumPy also bfloat16 of ml_dtypes, and
Python's own numbers. What has no such type is refused by name. The file appears whole or not at all. This module
needs NumPy, and neither the package safetensors nor, for NumPy's arrays, PyTorch.
"""
import contextlib
import json
import numbers
import os
import sys
import tempfile

import numpy as np

# By NumPy's dtype.name. PyTorch's names are the same behind "torch.".
_TYPES = {"float64": "F64", "float32": "F32", "float16": "F16", "bfloat16": "BF16", "bool": "BOOL",
          "int64": "I64", "int32": "I32", "int16": "I16", "int8": "I8",
          "uint64": "U64", "uint32": "U32", "uint16": "U16", "uint8": "U8"}


def save(path, tensors=None, /, **named):
    """Writes the file. `tensors` is a dictionary of tensors by name, or one tensor; others may be given by name."""
    if tensors is None:
        tensors = {}
    elif not hasattr(tensors, "items"):
        tensors = {"tensor": tensors}
    twice = sorted(set(tensors) & set(named))
    if twice:
        raise ValueError(f"tensor {twice[0]!r} is given twice")
    stored = [(_checked(name), *_stored(name, one)) for name, one in {**tensors, **named}.items()]
    stored.sort(key=lambda one: -one[2].itemsize)  # so that the elements of all are aligned
    header, end = {}, 0
    for name, dtype, array in stored:
        begin, end = end, end + array.nbytes
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [begin, end]}
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    _write(path, [len(text).to_bytes(8, "little"), text, *(array.data if array.size else b"" for _, _, array in stored)])


def _checked(name):
    if not isinstance(name, str) or name == "__metadata__":
        raise ValueError(f"{name!r} is no name of a tensor: it has to be text other than '__metadata__'")
    try:
        name.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{name!r} is no name of a tensor: it is not Unicode") from None
    return name


def _stored(name, tensor):
    """Its type in the file, and a NumPy array of its bits: in C order, little-endian."""
    if _is_of_torch(tensor):
        dtype = str(tensor.dtype).partition(".")[2]
    elif isinstance(tensor, (np.ndarray, np.generic, numbers.Real)) and not isinstance(tensor, np.ma.MaskedArray):
        tensor = np.asarray(tensor)
        dtype = tensor.dtype.name
    else:
        raise TypeError(f"tensor {name!r} is of type {type(tensor).__name__}, neither a tensor nor an array")
    if dtype not in _TYPES:
        raise TypeError(f"tensor {name!r} has elements of type {dtype}, which is not saved; {', '.join(_TYPES)} are")
    array = _array_of(name, tensor, dtype) if _is_of_torch(tensor) else tensor
    if dtype == "bfloat16":
        array = array.view(np.uint16)
    return _TYPES[dtype], np.asarray(array, array.dtype.newbyteorder("<"), order="C")


def _is_of_torch(tensor):
    torch = sys.modules.get("torch")  # without which there are no tensors
    return torch is not None and isinstance(tensor, torch.Tensor)


def _array_of(name, tensor, dtype):
    import torch
    if tensor.layout != torch.strided:
        raise TypeError(f"tensor {name!r} is of layout {tensor.layout}; save its dense form, tensor.to_dense()")
    tensor = tensor.detach().cpu().resolve_neg().contiguous()
    if dtype == "bfloat16":
        tensor = tensor.view(torch.int16)  # NumPy has no bf16: its bits are those of an integer
    return tensor.numpy()


def _write(path, parts):
    """A new file beside `path`, which gets its name once all is on the disk."""
    path = os.path.realpath(os.fspath(path))
    descriptor, temporary = tempfile.mkstemp(prefix=".xent-", suffix=".part", dir=os.path.dirname(path))
    try:
        with open(descriptor, "wb") as file:
            for part in parts:
                file.write(part)
            file.flush()
            os.fchmod(file.fileno(), _mode(path))
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        raise


def _mode(path):
    """That of the file that is replaced, or else what the umask leaves."""
    with contextlib.suppress(FileNotFoundError):
        return os.stat(path).st_mode & 0o7777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
