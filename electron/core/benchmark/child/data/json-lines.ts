import type { DataSet } from '@shared/benchmark/suite'
import { LaunchFailure } from '../failure'
import { type LabelledData, scaler } from './labelled'
import type { ReadFile } from './read-data'

type JsonLinesSet = Extract<DataSet, { format: 'jsonl' }>

/** One JSON object a line: numbers of any nesting, or a text, and a label. */
export function readJsonLines(set: JsonLinesSet, read: ReadFile): LabelledData {
  const lines = read(set.file)
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
  const items = lines.map((line, index) => parseLine(line, index, set))
  const scale = scaler(set.scaling)
  const [first] = items
  return {
    sha256: set.file.sha256,
    count: items.length,
    shape: typeof first?.features === 'string' ? null : shapeOf(first?.features),
    values: (item) => {
      const numbers = [items[item]?.features].flat(Number.POSITIVE_INFINITY)
      if (!numbers.every((one): one is number => typeof one === 'number'))
        throw refusal(set, item, `"${set.features}" holds something that is no number`)
      return numbers.map(scale)
    },
    text: (item) => {
      const text = items[item]?.features
      if (typeof text !== 'string') throw refusal(set, item, `"${set.features}" is no text`)
      return text
    },
    label: (item) => items[item]?.label ?? '',
  }
}

interface Line {
  features: unknown
  label: string | number
}

function parseLine(line: string, index: number, set: JsonLinesSet): Line {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw refusal(set, index, 'this is no JSON')
  }
  const object = typeof value === 'object' && value !== null ? value : {}
  const features = (object as Record<string, unknown>)[set.features]
  const label = (object as Record<string, unknown>)[set.label]
  if (features === undefined) throw refusal(set, index, `there is no "${set.features}"`)
  if (typeof label !== 'string' && typeof label !== 'number')
    throw refusal(set, index, `"${set.label}" is neither a text nor a number`)
  return { features, label }
}

function refusal(set: JsonLinesSet, index: number, what: string): LaunchFailure {
  return new LaunchFailure('refused', `${set.file.path}, line ${index + 1}: ${what}.`)
}

/** As numpy would see nested lists; the first of each is taken to stand for all. */
function shapeOf(value: unknown): number[] {
  return Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : []
}
