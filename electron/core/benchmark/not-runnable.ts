import type { ScanReport } from '@shared/scan-report/report'

/** A model that no engine of the console runs, with what to do instead. */
export class NotRunnableError extends Error {
  override readonly name = 'NotRunnableError'
  readonly path: string
  readonly reason: string
  /** Turns it into something that runs; null where there is no such command. */
  readonly exportCommand: string | null
  constructor(path: string, reason: string, exportCommand: string | null) {
    super(reason)
    this.path = path
    this.reason = reason
    this.exportCommand = exportCommand
  }
}

const PICKLE =
  'A pickle runs whatever is in it when it is loaded, so it is scanned here and never run. Export it to ONNX where you trust it.'

/** By the format the scan decided on, or by its framework: why it does not run, and the command. */
const ELSEWHERE: readonly [names: RegExp, reason: string, command: string | null][] = [
  [
    /pytorch|torch/i,
    `${PICKLE}`,
    'python -c "import torch; torch.onnx.export(model, example_input, \'model.onnx\')"',
  ],
  [/scikit|sklearn|joblib|skops/i, PICKLE, 'python -m skl2onnx --help'],
  [/pickle/i, PICKLE, null],
  [
    /keras|hdf5/i,
    'Keras models can hold code, so they are scanned here and not run. Export it to ONNX.',
    'python -m tf2onnx.convert --keras model.h5 --output model.onnx',
  ],
  [
    /tflite/i,
    'TensorFlow Lite has no engine here. Export it to ONNX.',
    'python -m tf2onnx.convert --tflite model.tflite --output model.onnx',
  ],
  [
    /tensorflow/i,
    'TensorFlow graphs have no engine here. Export it to ONNX.',
    'python -m tf2onnx.convert --saved-model FOLDER --output model.onnx',
  ],
  [
    /safetensors/i,
    'Safetensors hold weights without the model they belong to. Export the model to ONNX.',
    'optimum-cli export onnx --model FOLDER onnx/',
  ],
]

/** The sentence and the export command for what a scan found instead of a model that runs. */
export function whyNotRunnable(report: ScanReport): [reason: string, command: string | null] {
  const names = report.files.flatMap(({ format, frameworks }) => [
    ...frameworks.filter(({ confidence }) => confidence >= 0.5).map(({ name }) => name),
    format,
  ])
  for (const [pattern, reason, command] of ELSEWHERE)
    if (names.some((name) => pattern.test(name))) return [reason, command]
  return ['It holds no ONNX, TensorFlow.js or GGUF model.', null]
}
