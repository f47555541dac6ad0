import { dirname, join } from 'node:path/posix'
import type { DataSet, ImagePreprocessing } from '@shared/benchmark/suite'
import { convertIndexedToRgb, decode as decodePng } from 'fast-png'
import { decode as decodeJpeg } from 'jpeg-js'
import { LaunchFailure, oneLine } from '../failure'
import { columnOf, parseCsv } from './csv'
import { ItemError, type LabelledData } from './labelled'
import { type Picture, preprocess } from './preprocess'
import type { ReadFile } from './read-data'

type ImageSet = Extract<DataSet, { format: 'images' }>

const MEGAPIXELS = 64
const MEGABYTES = 512
const SHA256 = /^[0-9a-f]{64}$/

/** A CSV of file, label and sha256; pictures are PNG or JPEG by their first bytes, whatever their names say. */
export function readImages(set: ImageSet, read: ReadFile): LabelledData {
  const [names = [], ...rows] = parseCsv(read(set.file), set.file.path)
  const [file, label, hash] = ['file', 'label', 'sha256'].map((name) =>
    columnOf(names, name, set.file.path),
  )
  const folder = dirname(set.file.path)
  const items = rows.map((row, index) => {
    const path = join(folder, row[file ?? 0] ?? '')
    const sha256 = row[hash ?? 0] ?? ''
    if (path.startsWith('..') || path.startsWith('/') || !SHA256.test(sha256))
      throw new LaunchFailure(
        'refused',
        `${set.file.path}, line ${index + 2}: a file below the suite and its SHA-256 are needed.`,
      )
    return { bytes: read({ path, sha256 }), path, label: row[label ?? 0] ?? '' }
  })
  const { width, height, channels, layout } = set.preprocessing
  const depth = channels === 'gray' ? 1 : 3
  return {
    sha256: set.file.sha256,
    count: items.length,
    shape: layout === 'chw' ? [depth, height, width] : [height, width, depth],
    values: (item) => pixels(items[item], set.preprocessing),
    text: () => {
      throw new LaunchFailure('refused', `${set.file.path} lists pictures and no texts.`)
    },
    label: (item) => items[item]?.label ?? '',
  }
}

function pixels(
  item: { bytes: Buffer; path: string } | undefined,
  preprocessing: ImagePreprocessing,
): Float32Array {
  if (item === undefined) throw new ItemError('There is no such picture.')
  try {
    return preprocess(decodePicture(item.bytes), preprocessing)
  } catch (error) {
    throw new ItemError(`${item.path} cannot be decoded: ${oneLine((error as Error).message)}`)
  }
}

/** Values 0 … 255, one, three or four of them a pixel. */
export function decodePicture(bytes: Buffer): Picture {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    const { width, height, data } = decodeJpeg(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: MEGAPIXELS,
      maxMemoryUsageInMB: MEGABYTES,
    })
    return { width, height, channels: 3, data, largest: 255 }
  }
  const picture = decodePng(bytes)
  const { width, height, depth } = picture
  if (width * height > MEGAPIXELS * 1e6) throw new Error('it has too many pixels')
  if (picture.palette !== undefined)
    return { width, height, channels: 3, data: convertIndexedToRgb(picture), largest: 255 }
  const { data, channels } = picture
  return { width, height, channels, data, largest: depth === 16 ? 65_535 : 255 }
}
