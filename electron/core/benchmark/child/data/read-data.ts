import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { DataSet, SuiteFile } from '@shared/benchmark/suite'
import { LaunchFailure } from '../failure'
import { verifyFile } from '../verify-files'
import { readCsv } from './csv'
import { readImages } from './images'
import { readJsonLines } from './json-lines'
import type { LabelledData } from './labelled'
import { readNpy, readNpz } from './npy'

/** Bytes of a file of the suite, after its hash was checked. */
export type ReadFile = (file: SuiteFile) => Buffer

/** Reads a data set into memory: the clock does not run yet, and nothing is read from disk once it does. */
export function readData(folder: string, set: DataSet, mostBytes: number): LabelledData {
  let left = mostBytes
  const read: ReadFile = ({ path, sha256 }) => {
    const absolute = join(folder, path)
    const { size } = statSync(absolute, { throwIfNoEntry: false }) ?? { size: 0 }
    left -= size
    if (left < 0)
      throw new LaunchFailure(
        'refused',
        `The data set is larger than ${Math.round(mostBytes / 1024 ** 2)} MiB. Use fewer items.`,
      )
    verifyFile(absolute, sha256)
    return readFileSync(absolute)
  }
  const data = readFormat(set, read)
  if (data.count === 0) throw new LaunchFailure('refused', `${set.file.path} holds no items.`)
  return data
}

function readFormat(set: DataSet, read: ReadFile): LabelledData {
  switch (set.format) {
    case 'csv':
      return readCsv(set, read)
    case 'jsonl':
      return readJsonLines(set, read)
    case 'npy':
      return readNpy(set, read)
    case 'npz':
      return readNpz(set, read)
    case 'images':
      return readImages(set, read)
  }
}
