import type { DataSet } from '@shared/benchmark/suite'
import { parse } from 'csv-parse/sync'
import { LaunchFailure, oneLine } from '../failure'
import { type LabelledData, scaler } from './labelled'
import type { ReadFile } from './read-data'

type CsvSet = Extract<DataSet, { format: 'csv' }>

/** A first line of names, then one item a line (RFC 4180). Labels stay texts; numbers become numbers in regression. */
export function readCsv(set: CsvSet, read: ReadFile): LabelledData {
  const rows = parseCsv(read(set.file), set.file.path)
  const [names = [], ...items] = rows
  const columns = set.features.map((name) => columnOf(names, name, set.file.path))
  const label = columnOf(names, set.label, set.file.path)
  const scale = scaler(set.scaling)
  return {
    sha256: set.file.sha256,
    count: items.length,
    shape: [columns.length],
    values: (item) =>
      columns.map((column, index) => {
        const text = items[item]?.[column]?.trim() ?? ''
        const value = Number(text)
        if (text === '' || !Number.isFinite(value))
          throw new LaunchFailure(
            'refused',
            `${set.file.path}, line ${item + 2}: "${oneLine(text)}" in the column "${names[column]}" is no number.`,
          )
        return scale(value, index)
      }),
    text: (item) => columns.map((column) => items[item]?.[column] ?? '').join(' '),
    label: (item) => items[item]?.[label] ?? '',
  }
}

export function parseCsv(bytes: Buffer, path: string): string[][] {
  try {
    return parse(bytes, { bom: true, skip_empty_lines: true })
  } catch (error) {
    throw new LaunchFailure('refused', `${path}: ${oneLine((error as Error).message)}`, error)
  }
}

export function columnOf(names: readonly string[], name: string, path: string): number {
  const column = names.indexOf(name)
  if (column >= 0) return column
  throw new LaunchFailure(
    'refused',
    `${path} has no column "${name}"; its columns are ${names.map((one) => `"${oneLine(one)}"`).join(', ')}.`,
  )
}
