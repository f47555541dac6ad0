import { readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import type { io } from '@tensorflow/tfjs-core'
import { LaunchFailure } from '../failure'

interface ModelJson {
  format?: string
  modelTopology?: object
  weightsManifest?: { paths: string[]; weights: io.WeightsManifestEntry[] }[]
  signature?: object
  userDefinedMetadata?: object
  modelInitializer?: object
  convertedBy?: string
  generatedBy?: string
}

/** A model.json and the shards beside it, as TensorFlow.js takes them from a server. */
export function readTfjsModel(path: string, mostBytes: number) {
  const model = parse(path)
  if (model.modelTopology === undefined)
    throw new LaunchFailure(
      'refused',
      `${path} has no modelTopology: it is no TensorFlow.js model.`,
    )
  const manifest = model.weightsManifest ?? []
  const shards = manifest.flatMap(({ paths }) => paths).map((name) => shardPath(path, name))
  const bytes = shards.reduce((sum, shard) => sum + statSync(shard).size, 0)
  if (bytes > mostBytes)
    throw new LaunchFailure('refused', `The weights are ${bytes} bytes; the limit is ${mostBytes}.`)
  const weights = Buffer.concat(shards.map((shard) => readFileSync(shard)))
  const artifacts: io.ModelArtifacts = {
    ...optional('format', model.format),
    ...optional('generatedBy', model.generatedBy),
    ...optional('convertedBy', model.convertedBy),
    ...optional('signature', model.signature),
    ...optional('userDefinedMetadata', model.userDefinedMetadata as Record<string, string>),
    ...optional('modelInitializer', model.modelInitializer),
    modelTopology: model.modelTopology,
    weightSpecs: manifest.flatMap((group) => group.weights),
    weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength),
  }
  // tfjs-converter writes the format; older files are told apart by what their topology holds.
  const layers =
    model.format === undefined ? !('node' in model.modelTopology) : model.format !== 'graph-model'
  return { layers, artifacts }
}

function optional<K extends string, V>(key: K, value: V | undefined) {
  return (value === undefined ? {} : { [key]: value }) as { [key in K]?: V }
}

function parse(path: string): ModelJson {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ModelJson
  } catch (error) {
    throw new LaunchFailure('refused', `${path} is no JSON that can be read.`, error)
  }
}

/** A shard lies beside the model or below it; what is not in the plan cannot be read anyway. */
function shardPath(model: string, name: string): string {
  const folder = dirname(model)
  const path = normalize(join(folder, name))
  if (path.startsWith(folder + sep)) return path
  throw new LaunchFailure('refused', `The model names weights outside of its folder: "${name}".`)
}
