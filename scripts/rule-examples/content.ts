import { writeNpy } from '../../test/fixtures/npy-writer'
import { pickle } from '../../test/fixtures/pickle-writer'
import { writePytorch } from '../../test/fixtures/pytorch-writer'
import { bytes, type PackExamples, pair, text } from './draft'
import { ELF } from './elf'

const json = (note: string, value: object, file = 'config.json') =>
  text(file, note, `${JSON.stringify(value, null, 2)}\n`)
const layer = (className: string) => ({
  class_name: 'Sequential',
  config: { layers: [{ class_name: className, config: { name: 'first' } }] },
})
/** TorchScript of one module whose forward() is `body`. */
function torchScript(body: string): Buffer {
  const code = `class Model(Module):\n  def forward(self: __torch__.Model,\n    x: Tensor) -> Tensor:\n${body}`
  return writePytorch({
    storages: [],
    pickle: pickle(2).global('__torch__', 'Model').emptyTuple().newObj().stop().bytes(),
    more: [
      { name: 'code/__torch__.py', data: Buffer.from(code) },
      { name: 'constants.pkl', data: pickle(2).emptyTuple().stop().bytes() },
    ],
  })
}
/** One white pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAG7buVgAAAABJRU5ErkJggg==',
  'base64',
)

export const contents: PackExamples = {
  'content.executable': pair(
    bytes('helper', 'The header of a Linux program.', ELF),
    text('helper.md', 'A text that speaks of one.', '# helper\n\nA program in the ELF format.\n'),
  ),
  'content.keras-lambda': pair(
    json('A Lambda layer holds Python code.', { ...layer('Lambda'), keras_version: '2.15.0' }),
    json('A layer without code.', { ...layer('Dense'), keras_version: '2.15.0' }),
  ),
  'content.remote-code': pair(
    json('transformers imports the named module, when it is allowed to.', {
      model_type: 'custom',
      auto_map: { AutoModel: 'modeling_custom.CustomModel' },
    }),
    json('A model of the library itself.', {
      model_type: 'llama',
      architectures: ['LlamaForCausalLM'],
    }),
  ),
  'content.torchscript-file': pair(
    bytes(
      'model.pt',
      'The code of the model reads a file.',
      torchScript('    y = ops.aten.from_file("/tmp/no-such-file", False, 4)\n    return y\n'),
    ),
    bytes(
      'model.pt',
      'The code of the model computes.',
      torchScript('    y = torch.relu(x)\n    return y\n'),
    ),
  ),
  'content.torchscript-custom': pair(
    bytes(
      'model.pt',
      'The code of the model calls an operator of another library.',
      torchScript('    y = ops.mylib.secret_op(x)\n    return y\n'),
    ),
    bytes(
      'model.pt',
      'The code of the model calls operators of PyTorch.',
      torchScript('    y = torch.relu(x)\n    return y\n'),
    ),
  ),
  'content.instantiation': pair(
    json('Hydra calls os.system with the argument.', {
      model: { _target_: 'os.system', command: 'echo harmless' },
    }),
    json('The same name under another key is a text.', { model: { target_name: 'os.system' } }),
  ),
  'content.instantiation-other': pair(
    json('Hydra calls a class of the framework.', {
      model: { _target_: 'nemo.collections.asr.models.EncDecCTCModel' },
    }),
    json('A name without _target_.', { model: { name: 'EncDecCTCModel' } }),
  ),
  'content.torchscript-python': pair(
    bytes(
      'model.pt',
      'A statement that the compiler of TorchScript does not know.',
      torchScript('    import os\n    return x\n'),
    ),
    bytes('model.pt', 'A statement that it writes.', torchScript('    return torch.relu(x)\n')),
  ),
  'content.code-as-model': pair(
    text('model.pt', 'A loader of models is handed a script.', 'import os\nprint("harmless")\n'),
    text('model.py', 'A script that says so.', 'import os\nprint("harmless")\n'),
  ),
  'content.other-as-model': pair(
    bytes('model.onnx', 'A document, called a model.', Buffer.from('%PDF-1.4\n%%EOF\n')),
    bytes('model.npy', 'An array.', writeNpy("'<f8'", '(2,)', Buffer.alloc(16))),
  ),
  'content.not-as-named': pair(
    bytes('model.safetensors', 'No header of any format.', Buffer.alloc(64, 0x9f)),
    bytes('model.dat', 'A name that promises nothing.', Buffer.alloc(64, 0x9f)),
  ),
  'content.media-trailing-data': pair(
    bytes('photo.png', 'A second file stands behind the picture.', Buffer.concat([PNG, ELF])),
    bytes('photo.png', 'The picture alone.', PNG),
  ),
}
