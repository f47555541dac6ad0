import { writeNpy } from '../../test/fixtures/npy-writer'
import { callPickle, type PickleWriter, pickle } from '../../test/fixtures/pickle-writer'
import { evaluationSamples } from '../../test/fixtures/scan-evaluation/index'
import { bytes, type PackExamples, pair } from './draft'

const ECHO = 'echo harmless'
const pkl = (note: string, content: Buffer) => bytes('model.pkl', note, content)
const call = (module: string, name: string, note: string, argument = ECHO) =>
  pkl(note, callPickle(module, name, argument))
/** `module.name` on the stack and nothing done with it. */
const imported = (module: string, name: string, note: string) =>
  pkl(note, pickle(4).import(module, name).stop().bytes())
const write = (note: string, change: (writer: PickleWriter) => PickleWriter) =>
  pkl(note, change(pickle(4)).bytes())

const samples = new Map(
  evaluationSamples().map((sample) => [`${sample.family}/${sample.name}`, sample]),
)
/** A labelled sample of the evaluation, where building it again would take a page. */
function sample(id: string, note: string) {
  const found = samples.get(id)
  if (found === undefined) throw new Error(`There is no sample ${id}.`)
  return bytes(found.fileName, note, found.bytes())
}

const numbers = write('A dictionary of numbers imports nothing.', (w) =>
  w.value({ epochs: 3, loss: [0.5, 0.25] }).stop(),
)
const ordered = call(
  'collections',
  'OrderedDict',
  'A container that every list of harmless names knows.',
  'weights',
)

export const pickles: PackExamples = {
  'pickle.command-execution': pair(
    call('os', 'system', 'Loading it runs `echo harmless`.'),
    write('The name stands in the data and is never imported.', (w) =>
      w.value(['os.system', ECHO]).stop(),
    ),
  ),
  'pickle.code-evaluation': pair(
    call('builtins', 'eval', 'Loading it evaluates a text.', '1 + 1'),
    call('builtins', 'list', 'A constructor of a container.', 'abc'),
  ),
  'pickle.import-machinery': pair(
    call(
      'importlib',
      'import_module',
      "Loading it imports a module of the file's choice.",
      'antigravity',
    ),
    ordered,
  ),
  'pickle.attribute-walk': pair(
    imported('builtins', 'globals', 'It reaches for everything that Python has loaded.'),
    ordered,
  ),
  'pickle.attribute-access': pair(
    imported(
      'builtins',
      'getattr',
      'With getattr the file reaches any attribute of what it imports.',
    ),
    imported('builtins', 'len', 'A function that only looks at its argument.'),
  ),
  'pickle.indirect-execution': pair(
    call('atexit', 'register', 'What is registered runs when Python ends.'),
    ordered,
  ),
  'pickle.code-object': pair(
    imported('types', 'CodeType', 'A code object is a function that the file brings with it.'),
    imported('types', 'SimpleNamespace', 'A plain container of the same module.'),
  ),
  'pickle.native-code': pair(
    call('ctypes', 'CDLL', 'Loading it loads a library into the process.', './lib.so'),
    ordered,
  ),
  'pickle.file-access': pair(
    call('os', 'remove', 'Loading it removes a file.', '/tmp/no-such-file'),
    call('pathlib', 'PurePosixPath', 'A path is made, and no file is touched.', 'weights/a.bin'),
  ),
  'pickle.network': pair(
    call('urllib.request', 'urlopen', 'Loading it asks a server.', 'https://evil.invalid'),
    write('An address in the data is a text.', (w) => w.text('https://docs.invalid').stop()),
  ),
  'pickle.second-stage': pair(
    write('Loading it unpickles other bytes.', (w) =>
      w.import('pickle', 'loads').shortBinBytes('\x80\x04N.').tuple1().reduce().stop(),
    ),
    write('Bytes that nobody unpickles.', (w) => w.shortBinBytes('just bytes').stop()),
  ),
  'pickle.nested-storage': pair(
    sample(
      'nested pickles/torch.storage._load_from_bytes',
      'A storage of PyTorch inside of the pickle is unpickled in turn.',
    ),
    numbers,
  ),
  'pickle.debug-introspection': pair(
    imported('difflib', '_test', 'A test function of the standard library, in a model.'),
    ordered,
  ),
  'pickle.module-change': pair(
    sample(
      'dotted names/BUILD on a module of numpy',
      'BUILD sets attributes of a module, for everybody in the process.',
    ),
    write('BUILD sets attributes of a new object, which is what it is for.', (w) =>
      w.import('collections', 'Counter').emptyTuple().newObj().value({ a: 1 }).build().stop(),
    ),
  ),
  'pickle.extension-registry': pair(
    write(
      'EXT1 imports whatever is registered under a number, on the machine that loads it.',
      (w) => w.ext1(7).stop(),
    ),
    write('The number 7 as a number.', (w) => w.binInt1(7).stop()),
  ),
  'pickle.call-of-result': pair(
    write('What one call returned is called in turn.', (w) =>
      w
        .import('collections', 'OrderedDict')
        .emptyTuple()
        .reduce()
        .text(ECHO)
        .tuple1()
        .reduce()
        .stop(),
    ),
    write('What a call returned is kept.', (w) =>
      w.import('collections', 'OrderedDict').emptyTuple().reduce().stop(),
    ),
  ),
  'pickle.loading-constructor': pair(
    call(
      'keras.layers',
      'TFSMLayer',
      "The constructor of this layer loads a SavedModel from a path of the file's choice.",
      '/tmp/no-such-model',
    ),
    call('keras.layers', 'Dense', 'A constructor of the same package that loads nothing.', '8'),
  ),
  'pickle.unlisted-import': pair(
    call('sympy', 'sympify', 'Nobody knows what this function does with its argument.', '1'),
    ordered,
  ),
  'pickle.unlisted-call': pair(
    write(
      'A class of an allowed package that is not known to be harmless when it is called.',
      (w) => w.import('torch.nn.modules.made_up', 'Module').text('x').tuple1().reduce().stop(),
    ),
    ordered,
  ),
  'pickle.truncated': pair(
    pkl('STOP is missing.', pickle(4).value([1, 2]).bytes()),
    write('The same list, whole.', (w) => w.value([1, 2]).stop()),
  ),
  'pickle.invalid-opcode': pair(
    sample(
      'broken streams/invalid opcode behind the call',
      'Behind the call stands a byte that is no opcode.',
    ),
    numbers,
  ),
  'pickle.trailing-data': pair(
    pkl(
      'Bytes that are no pickle stand behind STOP.',
      pickle(4).value([1]).stop().raw('not a pickle').bytes(),
    ),
    pkl('Nothing stands behind STOP.', pickle(4).value([1]).stop().bytes()),
  ),
  'pickle.computed-import': pair(
    sample(
      'names that are computed/STACK_GLOBAL of a text from bytes',
      'The name that is imported is the result of a call.',
    ),
    ordered,
  ),
  'pickle.unresolved-attribute': pair(
    sample(
      'names that are computed/import_module of a rot13 text',
      'The name of the module is decoded while the file is loaded.',
    ),
    ordered,
  ),
  'pickle.stack-anomaly': pair(
    sample(
      'broken streams/stack underflow behind the call',
      'An opcode takes more from the stack than there is.',
    ),
    numbers,
  ),
  'pickle.frame-mismatch': pair(
    write('The frame says 9,999 bytes.', (w) => w.frame(9999).value([1]).stop()),
    write('The frame says as many bytes as there are.', (w) =>
      w.frame(6).emptyList().memoize().binInt1(1).append().stop(),
    ),
  ),
  'pickle.frame-split': pair(
    sample(
      'broken streams/frame shorter than its content',
      'The frame ends within an opcode; two readers go on in different places.',
    ),
    write('A frame that ends where an opcode ends.', (w) =>
      w.frame(6).emptyList().memoize().binInt1(1).append().stop(),
    ),
  ),
  'pickle.unused-stack': pair(
    write('Something is left on the stack that nobody sees.', (w) =>
      w.text('left behind').binInt1(1).stop(),
    ),
    write('The stack holds the result only.', (w) => w.binInt1(1).stop()),
  ),
  'pickle.opcodes-in-array': pair(
    sample(
      'joblib/opcodes in the bytes of an array',
      'Another reader takes the bytes of the array for opcodes.',
    ),
    bytes('model.npy', 'An array of numbers.', writeNpy("'<f8'", '(2,)', Buffer.alloc(16))),
  ),
  'pickle.joblib-array': pair(
    joblibArray(-3, 'The array of joblib has a negative length.'),
    joblibArray(2, 'The same array with two numbers.'),
  ),
  'pickle.storage-mismatch': pair(
    sample(
      'torch legacy and TorchScript/legacy with payload',
      'The storages behind the pickles are not those that the pickles ask for.',
    ),
    numbers,
  ),
  'pickle.persistent-id': pair(
    write('Whoever loads it decides what the id stands for.', (w) =>
      w.text('weights-of-somebody').binPersId().stop(),
    ),
    write('The same text as a text.', (w) => w.text('weights-of-somebody').stop()),
  ),
  'pickle.out-of-band-buffer': pair(
    pkl(
      'The content of the array lies in a buffer that is not part of the file.',
      pickle(5).nextBuffer().stop().bytes(),
    ),
    pkl('The bytes are in the file.', pickle(5).byteArray8('data').stop().bytes()),
  ),
  'pickle.nested-pickle': pair(
    sample(
      'nested pickles/loader is nowhere to be seen, raw',
      'Bytes in the pickle are a pickle themselves.',
    ),
    write('Bytes that are none.', (w) => w.shortBinBytes('just bytes').stop()),
  ),
  'pickle.encoded-pickle': pair(
    sample(
      'nested pickles/loader is nowhere to be seen, base64',
      'A Base64 text in the pickle is a pickle.',
    ),
    write('A Base64 text of words.', (w) =>
      w.text(Buffer.from('A text of words, nothing else.').toString('base64')).stop(),
    ),
  ),
  'pickle.code-in-state': pair(
    distribution("print('harmless')", 'scipy runs this text when the distribution is restored.'),
    distribution(
      '\ndef _parse_args(self,  loc=0, scale=1):\n    return (), loc, scale\n',
      'A function that hands its parameters back, as scipy writes it.',
    ),
  ),
  'pickle.unread-state': pair(
    write('The state is the result of a call.', (w) =>
      w
        .import('scipy.stats._continuous_distns', 'norm_gen')
        .emptyTuple()
        .newObj()
        .import('collections', 'OrderedDict')
        .emptyTuple()
        .reduce()
        .build()
        .stop(),
    ),
    distribution('', 'A state that can be read.'),
  ),
  'pickle.method-in-state': pair(
    write('APPEND calls what stands under this name in the state.', (w) =>
      w
        .import('types', 'SimpleNamespace')
        .emptyTuple()
        .newObj()
        .emptyDict()
        .text('append')
        .import('builtins', 'len')
        .setItem()
        .build()
        .stop(),
    ),
    write('A function in the state that nothing calls.', (w) =>
      w
        .import('types', 'SimpleNamespace')
        .emptyTuple()
        .newObj()
        .emptyDict()
        .text('activation')
        .import('builtins', 'len')
        .setItem()
        .build()
        .stop(),
    ),
  ),
  'pickle.changed-partial': pair(
    partial('sorted', 'It is made of len and restored with sorted.'),
    partial('len', 'Both are len.'),
  ),
  'pickle.computed-bytes': pair(
    write('The bytes of the inner file are made of numbers while loading.', (w) =>
      w
        .import('torch.storage', '_load_from_bytes')
        .import('builtins', 'bytes')
        .value([78, 46])
        .tuple1()
        .reduce()
        .tuple1()
        .reduce()
        .stop(),
    ),
    loaded('\x80\x04N.', 'The inner file stands in this one as it is.'),
  ),
  'pickle.unreadable-bytes': pair(
    loaded('not a model', 'The loader gets something that is no model.'),
    loaded('\x80\x04N.', 'The loader gets a pickle.'),
  ),
  'pickle.made-class': pair(
    write('type makes a class of a name, bases and methods.', (w) =>
      w
        .import('builtins', 'type')
        .mark()
        .text('Model')
        .import('builtins', 'object')
        .tuple1()
        .emptyDict()
        .tuple()
        .reduce()
        .stop(),
    ),
    write('type of one object is its class.', (w) =>
      w.import('builtins', 'type').none().tuple1().reduce().stop(),
    ),
  ),
  'pickle.exhausting-call': pair(
    write('An array of a million millions of numbers.', (w) =>
      w
        .import('numpy', 'zeros')
        .binInt(1_000_000)
        .binInt(1_000_000)
        .tuple2()
        .tuple1()
        .reduce()
        .stop(),
    ),
    write('An array of a hundred numbers.', (w) =>
      w.import('numpy', 'zeros').binInt(10).binInt(10).tuple2().tuple1().reduce().stop(),
    ),
  ),
}

/** A pickle that has PyTorch load `content`. */
function loaded(content: string, note: string) {
  return write(note, (w) =>
    w
      .import('torch.storage', '_load_from_bytes')
      .shortBinBytes(Buffer.from(content, 'latin1'))
      .tuple1()
      .reduce()
      .stop(),
  )
}

/** scipy's norm_gen with a text that its __setstate__ runs. */
function distribution(template: string, note: string) {
  return write(note, (w) =>
    w
      .import('scipy.stats._continuous_distns', 'norm_gen')
      .emptyTuple()
      .newObj()
      .value({ _parse_arg_template: template })
      .build()
      .stop(),
  )
}

/** functools.partial(len) that BUILD restores with `name` of builtins. */
function partial(name: string, note: string) {
  return write(note, (w) =>
    w
      .import('functools', 'partial')
      .import('builtins', 'len')
      .tuple1()
      .reduce()
      .mark()
      .import('builtins', name)
      .emptyTuple()
      .emptyDict()
      .none()
      .tuple()
      .build()
      .stop(),
  )
}

/** NumpyArrayWrapper of joblib (joblib/numpy_pickle.py) with two numbers behind it. */
function joblibArray(length: number, note: string) {
  const head = pickle(4)
    .import('joblib.numpy_pickle', 'NumpyArrayWrapper')
    .emptyTuple()
    .newObj()
    .emptyDict()
    .mark()
    .text('subclass')
    .import('numpy', 'ndarray')
    .text('shape')
    .binInt(length)
    .tuple1()
    .text('order')
    .text('C')
    .text('dtype')
    .import('numpy', 'dtype')
    .text('f8')
    .newFalse()
    .newTrue()
    .tuple3()
    .reduce()
    .text('allow_mmap')
    .newFalse()
    .setItems()
    .build()
  return bytes('model.joblib', note, head.raw(Buffer.alloc(16)).stop().bytes())
}
