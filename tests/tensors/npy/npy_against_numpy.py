#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""npy_against_numpy.py NPY_ANSWERS [FILES [SEED]]: what xent reads of .npy files NumPy reads the same.

Files are drawn from a grammar around the header that NumPy writes: element types, byte orders, sizes,
orders, versions, blanks, comments, Python 2, and faults. Each is read by NumPy, with no pickles, and by
xent. Either both read it, with the same type, shape, order and elements, or xent refuses it and says why.
What NumPy refuses xent must refuse. Exit code 77: NumPy is not here."""

import collections, os, random, struct, subprocess, sys, tempfile, warnings

try:
    import numpy as np
except ImportError:
    print('NumPy is not here')
    sys.exit(77)
warnings.simplefilter('ignore')

KINDS = {'<f4': 'f32', '<f8': 'f64', '<f2': 'f16', '|i1': 'i8', '<i2': 'i16', '<i4': 'i32', '<i8': 'i64',
         '|u1': 'u8', '<u2': 'u16', '<u4': 'u32', '<u8': 'u64', '|b1': 'bool', '|V2': '16-bit patterns'}
GOOD = ['f2', 'f4', 'f8', 'i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8', 'b1', 'V2']
ODD_TYPES = ['float32', 'float64', 'int8', 'uint64', 'bool', 'f', 'd', '?', 'c8', '<M8', '<U2', 'S3', 'O', '<f16',
             '<f4,<f4', '2f4', '(2,)f4', 'F4', ' <f4', '<f4 ', '', '<', '>', '<f', 'V', '<V0', '<i3', 'l', 'float']
BLANKS = ['', '', '', ' ', '  ', '\t', '\n', '\r\n', '\r', '\f', ' # note\n', '#\n', '\v', '\\\n', '\x00', '\xa0']
NUMBERS = ['0', '1', '2', '3', '1', '2', '3', '2L', '3L', '1 L', '00', '02', '+2', '-1', '0x2', '1_0', '2.0', 'True',
           '2l', '1e0', '(2)', '2LL', '99999999999', '9223372036854775807', '9223372036854775808', 'x']


def rarely(draw, usual, rare, share=0.06):
    return draw.choice(rare) if draw.random() < share else usual


def drawn(draw):
    """The header, its version, and the bytes of one element, where it is a type that has them."""
    blank = lambda: rarely(draw, draw.choice(['', ' ']), BLANKS, 0.1)
    code = draw.choice(GOOD)
    descr = rarely(draw, draw.choice('<<<>>=|') + code if draw.random() < 0.9 else code, ODD_TYPES)
    quote = draw.choice('\'\'\'"')
    text = rarely(draw, quote + descr + quote,
                  ["u'<f4'", "b'<f4'", "r'<f4'", "'<' 'f4'", "'''<f4'''", "'\\x3cf4'", "[('x','<f4')]",
                   "('<f4',(2,))", '<f4', "'<f4", '4', 'None'])
    axes = draw.choice([0, 1, 1, 2, 2, 2, 3, 4]) if draw.random() < 0.97 else draw.choice([31, 32, 33, 40, 65])
    sizes = [rarely(draw, draw.choice('11123' if axes < 9 else '1'), NUMBERS, 0.08 if axes < 9 else 0.01) for _ in range(axes)]
    shape = '(' + ','.join(blank() + size + blank() for size in sizes)
    shape += (',' if axes == 1 and draw.random() < 0.95 or draw.random() < 0.1 and axes else '') + blank() + ')'
    shape = rarely(draw, shape, ['[2,3]', '2,', '2', '(,)', '(1,,)', '((1,),)', 'None', '(1 2)', '((1),2)'], 0.03)
    order = rarely(draw, draw.choice(['True', 'False']), ['0', '1', 'true', 'None', 'TrueL', 'not True', "'False'"], 0.03)
    items = [("'descr'", text), ("'fortran_order'", order), ("'shape'", shape)]
    if draw.random() < 0.2:
        draw.shuffle(items)
    if draw.random() < 0.03:
        items.append(draw.choice(items + [("'x'", '1')]))
    if draw.random() < 0.02:
        items.pop()
    body = ','.join(blank() + key + blank() + ':' + blank() + value + blank() for key, value in items)
    header = '{' + body + draw.choice(['', ',', ', ']) + blank() + '}'
    header = rarely(draw, '', ['\n', ' ', '\t', '\n ', '# x\n', '\r', '\f', '(', '\ufeff'], 0.08) + header
    header += rarely(draw, draw.choice(['', '\n', ' \n', '   \n']), ['x', ';', '\x00', ' # end', '\n#\n', ')', 'L', '\n x', '\r', ' ' * 9950, '\t\n\n ', '\n ', '\n\f', '\r ', '\n\r', '\n # x'], 0.08)
    sizes = [int(size.rstrip('Ll ')) if size.rstrip('Ll ').isdigit() else 1 for size in sizes]
    count = 1
    for size in sizes:
        count *= size
    width = int(code[1])
    return header, draw.choice([1, 1, 1, 2, 3]), min(count, 1000) * width


def file_of(draw):
    header, major, length = drawn(draw)
    try:
        encoded = header.encode('utf-8' if major == 3 else 'latin1')
    except UnicodeEncodeError:
        encoded = header.encode('utf-8')
    data = draw.randbytes(length + (draw.choice([-1, 1, 8]) if draw.random() < 0.04 else 0) if length else 0)
    size = struct.pack('<H' if major == 1 else '<I', len(encoded))
    version = bytes([rarely(draw, major, [0, 4, 255], 0.01), rarely(draw, 0, [1], 0.01)])
    return b'\x93NUMPY' + version + size + encoded + data


def numpy_reads(path):
    """As npy_answers prints it; None where NumPy refuses the file."""
    try:
        array = np.load(path, allow_pickle=False)
    except Exception:
        return None
    swapped = array.astype(array.dtype.newbyteorder('<')) if array.dtype.kind != 'V' else array
    kind = KINDS.get(swapped.dtype.str, 'unknown ' + swapped.dtype.str)
    order = 'F' if not array.flags.c_contiguous else 'C'
    bytes_ = (swapped.T if order == 'F' else swapped).tobytes()
    value = 0xcbf29ce484222325
    for byte in bytes_:
        value = (value ^ byte) * 0x100000001b3 & 0xffffffffffffffff
    return kind, '(' + ','.join(map(str, array.shape)) + ')', order, f'{value:016x}'


def compare(numpy, xent, path):
    """What is wrong, or what both say."""
    if xent.startswith('refused: '):
        reason = xent[len('refused: ') + len(path):]
        assert xent.startswith(f'refused: {path}: ') and len(reason) > 5, xent
        return ('both refuse' if numpy is None else 'xent refuses'), reason
    if numpy is None:
        return 'WRONG: NumPy refuses', xent
    kind, shape, order, value = numpy
    mine = xent.rsplit(' ', 3)
    same = mine[:2] == [kind, shape]
    # An array that is contiguous either way, or empty, has the same bytes in both.
    if same and (mine[2] == order or mine[3] == value):
        return ('both read' if mine[3] == value else 'WRONG: other elements'), xent
    return 'WRONG: read otherwise', f'{numpy} / {xent}'


def main():
    answers, files = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 4000
    draw = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    counts, reasons, wrong = collections.Counter(), collections.Counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        for begin in range(0, files, 500):
            paths = [f'{folder}/{k}.npy' for k in range(min(500, files - begin))]
            for path in paths:
                with open(path, 'wb') as file:
                    file.write(file_of(draw))
            lines = subprocess.run([answers, *paths], capture_output=True, check=True).stdout.decode('latin1').split('\n')
            assert len(lines) == len(paths) + 1
            for path, line in zip(paths, lines):
                what, detail = compare(numpy_reads(path), line, path)
                counts[what] += 1
                if what == 'xent refuses':
                    reasons[detail[:70]] += 1
                if what.startswith('WRONG'):
                    wrong += 1
                    if wrong <= 20:
                        print(what, detail, open(path, 'rb').read()[:300])
    print(f'NumPy {np.__version__}:', dict(counts))
    for reason, count in reasons.most_common(40 if '--reasons' in sys.argv else 0):
        print(f'{count:6} {reason}')
    sys.exit(0 if wrong == 0 and counts['both read'] > files / 4 else 1)


main()
