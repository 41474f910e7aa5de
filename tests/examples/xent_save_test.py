#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""xent_save_test.py ROOT NPY_ANSWERS XENT [pytorch]: what examples/xent_save.py saves xent reads, bit for bit, or
it is refused by name and nothing is written. Without `pytorch` of NumPy's arrays, and of a stand-in for PyTorch's
tensors; with it of PyTorch's own, and of what its torch.save writes. Exit code 77: NumPy or PyTorch is not here."""
import os, re, subprocess, sys, tempfile, types, unittest

root, answers, xent = (os.path.realpath(one) for one in sys.argv[1:4])
of_pytorch = 'pytorch' in sys.argv[4:]
try:
    import numpy as np
    if of_pytorch:
        import torch
except ImportError as missing:
    print(missing)
    sys.exit(77)
sys.dont_write_bytecode = True
sys.path.insert(0, root + '/examples')
import xent_save


def answer(kind, shape, bytes_):
    """As npy_answers prints it."""
    value = 0xcbf29ce484222325
    for byte in bytes_:
        value = (value ^ byte) * 0x100000001b3 & 0xffffffffffffffff
    return f'{kind} ({",".join(map(str, shape))}) C {value:016x}'


class Test(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)

    def holds(self, path, expected):
        places = [f'{path}:{name}' for name in expected]
        read = subprocess.run([answers, *places], capture_output=True, text=True, check=True).stdout.splitlines()
        self.assertEqual(dict(zip(expected, read)), expected)

    def refused(self, fault, *tensors, **named):
        before = os.listdir()
        with self.assertRaisesRegex((TypeError, ValueError), fault):
            xent_save.save('refused.safetensors', *tensors, **named)
        self.assertEqual(os.listdir(), before)


class Numpy(Test):
    def test_every_type(self):
        kinds = {'f8': 'f64', 'f4': 'f32', 'f2': 'f16', 'i8': 'i64', 'i4': 'i32', 'i2': 'i16', 'i1': 'i8', 'u8': 'u64',
                 'u4': 'u32', 'u2': 'u16', 'u1': 'u8', '?': 'bool'}
        arrays, expected = {}, {}
        for code, kind in kinds.items():
            little = np.array([[0, 1, 2], [3, 100, 127]]).astype('<' + code)
            for name, array in (('little', little), ('big', little.astype('>' + code)), ('fortran', np.asfortranarray(little)),
                                ('strided', np.repeat(little, 2, 1)[:, ::2])):
                arrays[code + name] = array
                expected[code + name] = answer(kind, [2, 3], little.tobytes())
        xent_save.save('x.safetensors', arrays)
        self.holds('x.safetensors', expected)

    def test_shapes_names_and_numbers(self):
        xent_save.save('x.safetensors', {'größe/1': np.zeros((2, 0, 3)), 'a:b': np.float32(1.5), '': 7}, loss=0.5, yes=True)
        self.holds('x.safetensors', {'größe/1': answer('f64', [2, 0, 3], b''), 'a:b': answer('f32', [], b'\0\0\xc0\x3f'),
                                     'loss': answer('f64', [], b'\0' * 6 + b'\xe0\x3f'), 'yes': answer('bool', [], b'\1')})
        xent_save.save('one.safetensors', np.array([7]))
        self.assertEqual(subprocess.run([answers, 'one.safetensors'], capture_output=True, text=True).stdout.strip(),
                         answer('i64', [1], b'\7' + b'\0' * 7))
        xent_save.save('none.safetensors')

    def test_refusals(self):
        self.refused("'x' is of type NoneType", x=None)
        self.refused("'x' is of type dict", x={})
        self.refused("'x' is of type list", x=[1.0])
        self.refused("'x' is of type MaskedArray", x=np.ma.array([1.0], mask=[True]))
        self.refused("'x' is of type complex", x=1j)
        self.refused("'x' has elements of type complex128", x=np.array([1j]))
        self.refused("'x' has elements of type object", x=2**70)
        self.refused("'x' has elements of type str32", x=np.array(['a']))
        self.refused("'x' is given twice", {'x': 1}, x=2)
        for name in (3, '__metadata__', '\ud800'):
            self.refused('no name of a tensor', {name: 1})

    def test_whole_or_not_at_all(self):
        os.mkdir('folder')
        with open('folder/x.safetensors', 'w') as file:
            file.write('before')
        os.chmod('folder/x.safetensors', 0o640)
        os.symlink('folder/x.safetensors', 'link.safetensors')
        fsync, os.fsync = os.fsync, lambda descriptor: 1 // 0
        with self.assertRaises(ZeroDivisionError):
            xent_save.save('link.safetensors', x=1.0)
        os.fsync = fsync
        with open('folder/x.safetensors') as file:
            self.assertEqual(file.read(), 'before')
        xent_save.save('link.safetensors', x=1.0)
        self.assertTrue(os.path.islink('link.safetensors'))
        self.assertEqual(os.listdir('folder'), ['x.safetensors'])
        self.assertEqual(os.stat('folder/x.safetensors').st_mode & 0o777, 0o640)
        before = os.umask(0o027)
        xent_save.save('new.safetensors', x=1.0)
        os.umask(before)
        self.assertEqual(os.stat('new.safetensors').st_mode & 0o777, 0o640)
        with self.assertRaises(OSError):
            xent_save.save('folder', x=1.0)
        self.assertEqual(sorted(os.listdir()), ['folder', 'link.safetensors', 'new.safetensors'])

    def test_program(self):
        xent_save.save('b.safetensors', logits=np.float32([[30, 0], [0, 1]]), labels=np.int64([0, 1]))
        ran = subprocess.run([xent, 'eval', '--impl', 'reference', '--reduction', 'none', '--logits', 'b.safetensors:logits',
                              '--labels', 'b.safetensors:labels'], capture_output=True, text=True)
        self.assertEqual(ran.stdout.split(), ['9.357623e-14', '0.3132617'], ran.stderr)


class StandIn:
    """What xent_save uses of a tensor of PyTorch, which has the elements of an array."""
    def __init__(self, array, dtype, layout='strided', steps=()):
        self.array, self.dtype, self.layout, self.steps = array, 'torch.' + dtype, layout, steps

    def _then(self, step):
        return StandIn(self.array, self.dtype.partition('.')[2], self.layout, (*self.steps, step))

    def detach(self):
        return self._then('detach')

    def cpu(self):
        return self._then('cpu')

    def resolve_neg(self):
        return self._then('resolve_neg')

    def contiguous(self):
        return self._then('contiguous')

    def view(self, dtype):
        assert self.dtype == 'torch.bfloat16' and dtype == 'torch.int16' and 'contiguous' in self.steps
        return StandIn(self.array, 'int16', self.layout, self.steps)

    def numpy(self):
        assert self.steps == ('detach', 'cpu', 'resolve_neg', 'contiguous')
        assert self.dtype != 'torch.bfloat16', 'NumPy has no bf16'
        return self.array


class OfStandIn(Test):
    def setUp(self):
        super().setUp()
        before = sys.modules.get('torch')
        sys.modules['torch'] = types.SimpleNamespace(Tensor=StandIn, strided='strided', int16='torch.int16')
        self.addCleanup(lambda: sys.modules.pop('torch') if before is None else sys.modules.update(torch=before))

    def test_tensors(self):
        bits = np.int16([[0x3f80], [-0x4000]])
        xent_save.save('x.safetensors', b=StandIn(bits, 'bfloat16'), f=StandIn(np.float32([1]), 'float32'),
                       m=StandIn(np.array([True]), 'bool'), n=np.int8([3]))
        self.holds('x.safetensors', {'b': answer('bf16', [2, 1], b'\x80\x3f\0\xc0'), 'f': answer('f32', [1], b'\0\0\x80\x3f'),
                                     'm': answer('bool', [1], b'\1'), 'n': answer('i8', [1], b'\3')})

    def test_refusals(self):
        self.refused("'x' is of layout sparse_coo", x=StandIn(np.float32([1]), 'float32', 'sparse_coo'))
        self.refused("'tensor' has elements of type complex64", StandIn(np.complex64([1]), 'complex64'))
        self.refused("'x' has elements of type quint8", x=StandIn(None, 'quint8'))


class Pytorch(Test):
    def test_tensors(self):
        x = torch.randn(4, 5, requires_grad=True)
        types_ = {torch.float64: 'f64', torch.float32: 'f32', torch.float16: 'f16', torch.bfloat16: 'bf16', torch.int64: 'i64',
                  torch.int32: 'i32', torch.int16: 'i16', torch.int8: 'i8', torch.uint8: 'u8', torch.bool: 'bool'}
        tensors = {name: (10 * x).to(dtype) for dtype, name in types_.items()}
        tensors |= {'t': x.half().t(), 'row': x[1:3, ::2], 'neg': torch.view_as_complex(torch.randn(3, 2)).conj().imag,
                    'parameter': torch.nn.Parameter(x.detach()), 'empty': torch.empty(0, 2), 'number': x.sum()}
        expected = {}
        for name, one in tensors.items():
            plain = one.detach().resolve_neg().clone(memory_format=torch.contiguous_format)
            bytes_ = (plain.view(torch.int16) if one.dtype == torch.bfloat16 else plain).numpy().tobytes()
            expected[name] = answer(types_[one.dtype], one.shape, bytes_)
        xent_save.save('x.safetensors', tensors)
        self.holds('x.safetensors', expected)

    def test_refusals(self):
        self.refused("'x' is of layout torch.sparse_coo", x=torch.eye(2).to_sparse())
        self.refused("'x' has elements of type complex64", x=torch.zeros(2, dtype=torch.complex64))
        self.refused("'x' has elements of type quint8", x=torch.quantize_per_tensor(torch.zeros(2), 1.0, 0, torch.quint8))

    def test_advice(self):
        """What torch.save writes is refused with a line of Python after which xent reads it."""
        for path, old in (('new.pt', False), ('old.bin', True), ('named.npy', False)):
            torch.save({'logits': torch.zeros(2, 3), 'labels': torch.tensor([0, 2])}, path, _use_new_zipfile_serialization=not old)
            ran = subprocess.run([xent, 'eval', '--impl', 'simd', '--logits', path, '--labels', path], capture_output=True, text=True)
            self.assertEqual(ran.returncode, 2)
            self.assertRegex(ran.stderr, rf'^xent eval: {path}: is a pickle, as torch.save writes; in Python, .*\n$')
            line = re.search(r"xent_save\.save\('(.*?)', torch\.load\('.*?'\)\)", ran.stderr)
            eval(line[0])
            ran = subprocess.run([xent, 'eval', '--impl', 'simd', '--logits', line[1] + ':logits', '--labels', line[1] + ':labels'],
                                 capture_output=True, text=True)
            self.assertTrue(ran.stdout.startswith('1.09861'), ran.stderr)


suite = unittest.TestSuite(unittest.defaultTestLoader.loadTestsFromTestCase(one)
                           for one in ([Pytorch] if of_pytorch else [Numpy, OfStandIn]))
sys.exit(0 if unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful() else 1)
