import { createHash } from 'node:crypto'
import { LaunchFailure } from './failure'
import { countOf, type Elements, shapeText, type Tensor, type TensorSpec } from './tensor'

/** Outputs of a model that nobody should have to take: checked wherever they are looked at. */
export function checkOutputs(
  outputs: ReadonlyMap<string, Tensor>,
  specs: readonly TensorSpec[],
  mostElements: number,
): void {
  for (const spec of specs) {
    const output = outputs.get(spec.name)
    if (output === undefined)
      throw new LaunchFailure('bad-output', `The model gave no output "${spec.name}".`)
    const count = countOf(output.shape)
    if (count > mostElements || output.data.length > mostElements)
      throw new LaunchFailure(
        'bad-output',
        `The output "${spec.name}" has ${Math.max(count, output.data.length)} numbers; the limit is ${mostElements}.`,
      )
    if (count !== output.data.length || !fits(output.shape, spec.shape))
      throw new LaunchFailure(
        'bad-output',
        `The output "${spec.name}" has the shape ${shapeText(output.shape)}; the model declares ${shapeText(spec.shape)}.`,
      )
    const at = firstNotNumber(output.data)
    if (at !== undefined)
      throw new LaunchFailure('bad-output', `The output "${spec.name}" is not a number at ${at}.`)
  }
}

function fits(shape: readonly number[], declared: TensorSpec['shape']): boolean {
  return (
    declared === null ||
    (shape.length === declared.length &&
      declared.every((size, axis) => size === null || size === shape[axis]))
  )
}

function firstNotNumber(data: Elements): number | undefined {
  if (!(data instanceof Float32Array || data instanceof Float64Array)) return undefined
  for (let i = 0; i < data.length; i++) if (Number.isNaN(data[i])) return i
  return undefined
}

/** The first numbers of every output, in the order of the model. Texts are passed over. */
export function outputNumbers(outputs: ReadonlyMap<string, Tensor>, mostEach: number): number[] {
  return [...outputs.values()].flatMap(({ data }) =>
    Array.isArray(data) ? [] : Array.from(data.subarray(0, mostEach), Number),
  )
}

/** The outputs as a hash, numbers to 4 significant digits. */
export function outputKey(outputs: ReadonlyMap<string, Tensor>): string {
  const hash = createHash('sha256')
  for (const [name, { shape, data }] of outputs) {
    hash.update(`${name}[${shape.join()}]`)
    for (const value of data)
      hash.update(typeof value === 'number' ? `${round(value)},` : `${String(value)},`)
  }
  return hash.digest('hex')
}

/** Below a millionth everything is 0: there, differences of rounding are as large as the number. */
function round(value: number): string {
  return Math.abs(value) < 1e-6 ? '0' : value.toPrecision(4)
}
