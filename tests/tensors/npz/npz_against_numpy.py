#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""npz_against_numpy.py NPY_ANSWERS [ARCHIVES [SEED]]: what NumPy writes into .npz files xent reads the same.

Archives are written in all the ways that NumPy's versions and other writers of zip have: savez and
savez_compressed, members copied from files of .npy 1.0 to 3.0, sizes in Zip64 or behind the data. Arrays have
all element types, in both byte orders, in C and Fortran order. Then bytes are changed, cut off and inserted:
what xent still reads is an array of the archive, and for all else it says why not. Exit code 77: NumPy is not
here."""

import collections, io, random, subprocess, sys, tempfile, warnings, zipfile

try:
    import numpy as np
except ImportError:
    print('NumPy is not here')
    sys.exit(77)
warnings.simplefilter('ignore')

KINDS = {'<f4': 'f32', '<f8': 'f64', '<f2': 'f16', '|i1': 'i8', '<i2': 'i16', '<i4': 'i32', '<i8': 'i64',
         '|u1': 'u8', '<u2': 'u16', '<u4': 'u32', '<u8': 'u64', '|b1': 'bool'}
NAMES = ['x', 'logits', 'arr_0', 'a/b', 'with blank', 'größe', 'a:b', '..', '-', 'X' * 200]


class Pipe(io.RawIOBase):
    """What is not seekable makes zipfile write the sizes behind the data."""
    def __init__(self, file):
        self.file = file

    def writable(self):
        return True

    def write(self, data):
        return self.file.write(data)


def array_of(draw):
    kind = draw.choice(list(KINDS))
    shape = [draw.randint(0, 5) for _ in range(draw.randint(0, 4))]
    if draw.random() < 0.1:
        shape = [draw.randint(1, 200), draw.randint(1, 200)]
    count = int(np.prod(shape, dtype=int))
    width = np.dtype(kind).itemsize
    data = draw.randbytes(count * width) if draw.random() < 0.5 else bytes(count * width)
    if kind == '|b1':
        data = bytes(byte & 1 for byte in data)
    array = np.frombuffer(data, kind).reshape(shape, order=draw.choice('CF'))
    return array.astype(array.dtype.newbyteorder('>')) if draw.random() < 0.3 else array


def answer_of(array):
    """As npy_answers prints it, once for each order that has the same elements."""
    little = array.astype(array.dtype.newbyteorder('<'))
    shape = '(' + ','.join(map(str, array.shape)) + ')'
    answers = set()
    for order, bytes_ in (('C', little.tobytes()), ('F', little.T.tobytes())):
        value = 0xcbf29ce484222325
        for byte in bytes_:
            value = (value ^ byte) * 0x100000001b3 & 0xffffffffffffffff
        answers.add(f'{KINDS[little.dtype.str]} {shape} {order} {value:016x}')
    return answers


def write_by_zipfile(draw, path, arrays):
    compression = draw.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    zip64, to_pipe = draw.random() < 0.5, draw.random() < 0.3
    with open(path, 'wb') as file:
        with zipfile.ZipFile(Pipe(file) if to_pipe else file, 'w', compression, compresslevel=draw.randint(0, 9)) as archive:
            archive.comment = draw.randbytes(draw.choice([0, 0, 9]))
            for name, array in arrays.items():
                with archive.open(name + '.npy', 'w', force_zip64=zip64) as member:
                    np.lib.format.write_array(member, array, version=draw.choice([None, (1, 0), (2, 0), (3, 0)]))


def write(draw, path, arrays):
    way = draw.choice([np.savez, np.savez_compressed, None])
    if way:
        way(path, **arrays)
    else:
        write_by_zipfile(draw, path, arrays)


def garbled(draw, data):
    data = bytearray(data)
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(max(len(data) - 400, 0), len(data)) if draw.random() < 0.6 else draw.randrange(len(data))
        what = draw.random()
        if what < 0.8:
            data[at] = draw.choice([0, 1, 255, data[at] ^ 1 << draw.randrange(8), draw.randrange(256)])
        elif what < 0.9:
            del data[at:at + draw.randint(1, 9)]
        else:
            data[at:at] = draw.randbytes(draw.randint(1, 9))
        data = data or bytearray(b'P')
    return bytes(data)


def main():
    answers, archives = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 600
    draw = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    counts, wrong = collections.Counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        places, expected, refusable = [], [], []
        for k in range(archives):
            path = f'{folder}/{k}.npz'
            arrays = {name: array_of(draw) for name in draw.sample(NAMES, draw.randint(1, 3))}
            write(draw, path, arrays)
            with np.load(path) as archive:
                assert all(np.array_equal(archive[name], array, equal_nan=array.dtype.kind == 'f') for name, array in arrays.items())
            known = {name: answer_of(array) for name, array in arrays.items()}
            names = [(':' + name, answer) for name, answer in known.items()]
            if len(arrays) == 1:
                names += [('', answer) for answer in known.values()]
            places += [path + name for name, _ in names]
            expected += [answer for _, answer in names]
            refusable += [False] * len(names)
            with open(path, 'rb') as file:
                data = file.read()
            for change in range(6):
                changed = f'{folder}/{k}_{change}.npz'
                with open(changed, 'wb') as file:
                    file.write(garbled(draw, data))
                places.append(f'{changed}:{draw.choice(list(arrays))}')
                expected.append(set().union(*known.values()))
                refusable.append(True)
        for begin in range(0, len(places), 500):
            part = places[begin:begin + 500]
            output = subprocess.run([answers, *part], capture_output=True, check=True).stdout.decode()
            lines = output.split('\n')
            assert len(lines) == len(part) + 1, output
            for place, line, right, may_refuse in zip(part, lines, expected[begin:], refusable[begin:]):
                is_fault = line.startswith('refused: ' + place.split('.npz')[0] + '.npz: ') and len(line) < 400
                good = line in right or (may_refuse and is_fault)
                counts[('garbled, ' if may_refuse else '') + ('read' if line in right else 'refused' if good else 'WRONG')] += 1
                if not good:
                    wrong += 1
                    print('WRONG', place, line, right)
    print(f'NumPy {np.__version__}:', dict(counts))
    sys.exit(0 if wrong == 0 and counts['garbled, refused'] > archives else 1)


main()
