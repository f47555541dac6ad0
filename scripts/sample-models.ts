// The sample models of resources/samples: small, harmless, and the same bytes on every machine.
import type { Verdict } from '@shared/scan-report/report'
import { gguf, safetensors } from '../test/fixtures/scan-evaluation/container-bytes'
import {
  doubles,
  estimator,
  floats,
  joblibArray,
  orderedDict,
  tensor,
} from '../test/fixtures/scan-evaluation/library-shapes'
import { payload } from '../test/fixtures/scan-evaluation/opcodes'
import { dump } from '../test/fixtures/scan-evaluation/pickler'
import { call, dict, float, tuple, type Value } from '../test/fixtures/scan-evaluation/python-value'
import { torchSave } from '../test/fixtures/scan-evaluation/torch-files'

interface SampleModel {
  fileName: string
  /** What a scan says about it. */
  verdict: Verdict
  about: string
  bytes(): Buffer
}

const CHATML =
  "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + " +
  "'<|im_end|>' + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
const INJECTION = "{{ cycler.__init__.__globals__.os.popen('echo harmless').read() }}"

function languageModel(template: string): Buffer {
  return gguf({
    'general.architecture': 'llama',
    'general.name': 'Sample 1M',
    'llama.context_length': 512,
    'llama.embedding_length': 8,
    'tokenizer.ggml.model': 'gpt2',
    'tokenizer.ggml.tokens': Array.from({ length: 256 }, (_, index) => `token${index}`),
    'tokenizer.chat_template': template,
  })
}

const layers = (...more: (readonly [Value, Value])[]): Value =>
  orderedDict([
    ['encoder.weight', tensor('0', [64, 32])],
    ['encoder.bias', tensor('1', [32])],
    ['decoder.weight', tensor('2', [32, 64])],
    ...more,
  ])

function regression(): Buffer {
  const scaler = estimator('sklearn.preprocessing._data', 'StandardScaler', {
    mean_: joblibArray('f8', [4], doubles(5.8, 3.1, 3.8, 1.2)),
    scale_: joblibArray('f8', [4], doubles(0.8, 0.4, 1.8, 0.8)),
    n_features_in_: 4,
  })
  const classifier = estimator('sklearn.linear_model._logistic', 'LogisticRegression', {
    C: float(1),
    solver: 'lbfgs',
    coef_: joblibArray('f8', [2, 4], doubles(0.4, -0.9, 1.6, 0.7, -0.4, 0.9, -1.6, -0.7)),
  })
  const steps = [tuple('scale', scaler), tuple('classify', classifier)]
  return dump(estimator('sklearn.pipeline', 'Pipeline', { steps, memory: null, verbose: false }), 3)
}

function tensors(): Buffer {
  const rows = ['embed', 'layer.0', 'layer.1', 'head']
  const each = 64 * 16 * 4
  const header = Object.fromEntries(
    rows.map((row, index) => [
      `${row}.weight`,
      { dtype: 'F32', shape: [64, 16], data_offsets: [index * each, (index + 1) * each] },
    ]),
  )
  return safetensors({ __metadata__: { format: 'pt' }, ...header }, floats(64 * 16 * rows.length))
}

export const SAMPLE_MODELS: readonly SampleModel[] = [
  {
    fileName: 'state-dict.pt',
    verdict: 'clean',
    about: 'A PyTorch state dict of three tensors.',
    bytes: () => torchSave(layers()),
  },
  {
    fileName: 'tensors.safetensors',
    verdict: 'clean',
    about: 'Four float tensors.',
    bytes: tensors,
  },
  {
    fileName: 'chat.gguf',
    verdict: 'clean',
    about: 'A GGUF file with an ordinary ChatML template.',
    bytes: () => languageModel(CHATML),
  },
  {
    fileName: 'pipeline.joblib',
    verdict: 'clean',
    about: 'A scikit-learn pipeline as joblib writes it, arrays inline.',
    bytes: regression,
  },
  {
    fileName: 'command.pkl',
    verdict: 'malicious',
    about: 'A pickle that would run `echo harmless`.',
    bytes: () => payload(4),
  },
  {
    fileName: 'command-in-state-dict.pt',
    verdict: 'malicious',
    about: 'A PyTorch state dict with the same call between its tensors.',
    bytes: () => torchSave(layers(['hook', call('posix', 'system', 'echo harmless')])),
  },
  {
    fileName: 'template-injection.gguf',
    verdict: 'malicious',
    about: 'A chat template that would reach `os.popen` (CVE-2026-5760).',
    bytes: () => languageModel(CHATML + INJECTION),
  },
  {
    fileName: 'truncated.pkl',
    verdict: 'unknown',
    about: 'A pickle that breaks off in the middle: not read to its end, so never clean.',
    bytes: () =>
      dump(dict({ layers: Array.from({ length: 200 }, (_, n) => n * n) }), 4).subarray(0, 300),
  },
]

/** All files of the folder, its README included. */
export function sampleFiles(): readonly { fileName: string; bytes: Buffer }[] {
  const rows = SAMPLE_MODELS.map(
    (model) => `| ${model.fileName} | ${model.verdict} | ${model.about} |`,
  )
  const readme = [
    '# Sample models',
    '',
    'Small files to try a scan with. `npm run generate` writes them (scripts/sample-models.ts); nothing',
    'here was made by training, and nothing here does harm: the commands are `echo harmless`, and a',
    'scan never runs them.',
    '',
    '| File | Verdict | What it is |',
    '|---|---|---|',
    ...rows,
    '',
  ]
  return [
    ...SAMPLE_MODELS.map(({ fileName, bytes }) => ({ fileName, bytes: bytes() })),
    { fileName: 'README.md', bytes: Buffer.from(readme.join('\n')) },
  ]
}
