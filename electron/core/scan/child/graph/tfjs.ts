import { printable } from '../archive/entry-name'
import type { ParseContext } from '../context'
import { pathProblem } from './data-path'
import { isObject, type JsonObject, type JsonValue, listAt, objectAt, textAt } from './json-tree'
import { noteKeras } from './keras'
import { noteOperator } from './tensorflow-graph'

/** Bytes of one number (tfjs-core, io/types.ts, DTYPE_VALUE_SIZE_MAP); strings have lengths of their own. */
const DTYPE_BYTES: Readonly<Record<string, number>> = {
  float32: 4,
  float16: 2,
  int32: 4,
  uint16: 2,
  uint8: 1,
  bool: 1,
  complex64: 8,
}
/** Shards that are listed; TensorFlow.js cuts weights into pieces of 4 MiB. */
const MOST_SHARDS = 100_000
const METADATA = ['format', 'generatedBy', 'convertedBy'] as const

/**
 * model.json of TensorFlow.js: modelTopology is a Keras configuration or a graph, weightsManifest
 * lists tensors and the files that hold them, one behind the other (tfjs-core, src/io/types.ts).
 */
export function noteTfjs(document: JsonObject, context: ParseContext): void {
  for (const name of METADATA) {
    const value = textAt(document, name)
    if (value !== undefined)
      context.add({ kind: 'metadata', name, location: {}, detail: { value: value.slice(0, 500) } })
  }
  for (const key of ['modelTopology', 'modelInitializer', 'trainingConfig']) {
    const topology = objectAt(document, key)
    if (topology === undefined) continue
    noteKeras(topology, context, 0)
    noteGraph(topology, context)
  }
  for (const [index, group] of listAt(document, 'weightsManifest').entries())
    if (isObject(group)) noteGroup(group, index, context)
    else context.anomaly('tfjs.bad-manifest', 0, `group ${index} of the weights`)
}

function noteGraph(graph: JsonObject, context: ParseContext): void {
  const operators = new Map<string, number>()
  const read = (nodes: readonly JsonValue[], where: string): void => {
    for (const node of nodes) {
      context.checkpoint()
      if (!isObject(node)) continue
      const operator = textAt(node, 'op') ?? ''
      operators.set(operator, (operators.get(operator) ?? 0) + 1)
      noteOperator(context, {
        operator,
        name: textAt(node, 'name') ?? '',
        where,
        attributes: attributesOf(node),
        offset: 0,
      })
    }
  }
  read(listAt(graph, 'node'), 'the graph')
  for (const body of listAt(objectAt(graph, 'library'), 'function')) {
    if (!isObject(body)) continue
    const name = textAt(objectAt(body, 'signature'), 'name') ?? ''
    read(listAt(body, 'nodeDef'), `function ${name}`)
  }
  for (const [operator, value] of operators)
    context.add({ kind: 'metadata', name: `op.${operator}`, location: {}, detail: { value } })
}

/** Texts are Base64 in the JSON form of protobuf messages. */
function attributesOf(node: JsonObject): { name: string; value: string }[] {
  const attributes: { name: string; value: string }[] = []
  for (const [name, value] of objectAt(node, 'attr') ?? []) {
    const text = isObject(value) ? textAt(value, 's') : undefined
    if (text !== undefined)
      attributes.push({ name, value: Buffer.from(text.slice(0, 4096), 'base64').toString('utf8') })
  }
  return attributes
}

/** A group: the bytes of its tensors fill its files one after the other. */
function noteGroup(group: JsonObject, index: number, context: ParseContext): void {
  let bytes: number | undefined = 0
  for (const weight of listAt(group, 'weights')) {
    context.checkpoint()
    const size = isObject(weight) ? noteWeight(weight, context) : undefined
    if (!isObject(weight)) context.anomaly('tfjs.bad-manifest', 0, `a weight of group ${index}`)
    bytes = bytes === undefined || size === undefined ? undefined : bytes + size
  }
  const paths = listAt(group, 'paths')
  for (const [at, path] of paths.slice(0, MOST_SHARDS).entries()) {
    if (typeof path !== 'string') {
      context.anomaly('tfjs.bad-manifest', 0, `path ${at} of group ${index}`)
      continue
    }
    const problem = pathProblem(decoded(path)) ?? pathProblem(path)
    if (problem !== undefined) context.anomaly(`tfjs.shard-path.${problem}`, 0, printable(path))
    context.add({
      kind: 'content',
      name: 'tfjs.shard',
      location: {},
      evidence: printable(path),
      detail: {
        path,
        group: index,
        shard: at,
        shards: paths.length,
        ...(bytes !== undefined && { groupBytes: bytes }),
        ...(bytes !== undefined && paths.length === 1 && { bytes }),
      },
    })
  }
}

/** Bytes of one tensor, or undefined where they cannot be known. */
function noteWeight(weight: JsonObject, context: ParseContext): number | undefined {
  const name = textAt(weight, 'name') ?? '(unnamed)'
  const dtype = textAt(weight, 'dtype') ?? ''
  const stored = textAt(objectAt(weight, 'quantization'), 'dtype') ?? dtype
  const shape = listAt(weight, 'shape')
  const size = DTYPE_BYTES[stored]
  const sizes = shape.map((value) => (typeof value === 'number' ? value : Number.NaN))
  const count = sizes.reduce((product, value) => product * value, 1)
  const valid =
    sizes.every((value) => Number.isInteger(value) && value >= 0) && Number.isSafeInteger(count)
  if (!valid)
    context.anomaly('tfjs.tensor-dimensions', 0, printable(`${name} [${sizes.join(', ')}]`))
  if (size === undefined && stored !== 'string')
    context.anomaly('tfjs.tensor-type', 0, printable(`${name}: ${stored}`))
  const bytes = valid && size !== undefined ? count * size : undefined
  context.add({
    kind: 'tensor',
    name,
    location: {},
    detail: {
      dtype,
      shape: `[${sizes.join(', ')}]`.slice(0, 200),
      ...(bytes !== undefined && { bytes }),
    },
  })
  return bytes
}

/** Loaders join the path to a URL, which reads %2e%2e as '..'. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
