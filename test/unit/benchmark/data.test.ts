import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DataSet } from '@shared/benchmark/suite'
import { encode as encodePng } from 'fast-png'
import { zipSync } from 'fflate'
import { encode as encodeJpeg } from 'jpeg-js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ItemError } from '../../../electron/core/benchmark/child/data/labelled'
import { preprocess } from '../../../electron/core/benchmark/child/data/preprocess'
import { readData } from '../../../electron/core/benchmark/child/data/read-data'
import { writeNpy } from '../../fixtures/npy-writer'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'data-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Writes a file of a suite and names it as a manifest does. */
function file(path: string, bytes: Uint8Array | string) {
  writeFileSync(join(folder, path), bytes)
  return { path, sha256: createHash('sha256').update(bytes).digest('hex') }
}
const read = (set: unknown) => readData(folder, DataSet.parse(set), 1_000_000)
const floats = (...values: number[]) => Buffer.from(Float32Array.from(values).buffer)

describe('a CSV', () => {
  const set = (text: string, more: object = {}) => ({
    format: 'csv',
    file: file('data.csv', text),
    features: ['b', 'a'],
    label: 'kind',
    ...more,
  })
  test('gives its columns in the order of the manifest, scaled', () => {
    const data = read(
      set('a,kind,b\n1,x,10\n2,"y, z",20\n', { scaling: { mean: [10, 0], std: [10, 1] } }),
    )
    expect(data).toMatchObject({ count: 2, shape: [2] })
    expect(Array.from(data.values(1))).toEqual([1, 2])
    expect(data.label(1)).toBe('y, z')
  })
  test('with another column than the manifest names is refused, with those it has', () => {
    expect(() => read(set('a,c,kind\n1,2,x\n'))).toThrow(
      'no column "b"; its columns are "a", "c", "kind"',
    )
  })
  test('with a word where a number should be is refused, with its place', () => {
    const data = read(set('a,b,kind\n1,2,x\n1,two,x\n'))
    expect(() => data.values(1)).toThrow('line 3: "two" in the column "b" is no number')
  })
  test('with nothing where a number should be is refused: nothing is not 0', () => {
    expect(() => read(set('a,b,kind\n1,,x\n')).values(0)).toThrow('is no number')
  })
  test('without items is refused', () => {
    expect(() => read(set('a,b,kind\n'))).toThrow('holds no items')
  })
})

describe('JSON lines', () => {
  const set = (text: string) => ({
    format: 'jsonl',
    file: file('data.jsonl', text),
    features: 'x',
    label: 'y',
  })
  test('hold numbers of any nesting, or texts', () => {
    const numbers = read(set('{"x":[[1,2],[3,4]],"y":1}\n\n{"x":[[5,6],[7,8]],"y":0}'))
    expect(numbers).toMatchObject({ count: 2, shape: [2, 2] })
    expect(Array.from(numbers.values(1))).toEqual([5, 6, 7, 8])
    const texts = read(set('{"x":"a prompt","y":"an answer"}'))
    expect([texts.shape, texts.text(0), texts.label(0)]).toEqual([null, 'a prompt', 'an answer'])
  })
  test.each([
    ['{"x":[1]', 'line 1: this is no JSON'],
    ['{"y":1}', 'line 1: there is no "x"'],
    ['{"x":[1],"y":[]}', 'line 1: "y" is neither a text nor a number'],
  ])('that say %s are refused', (line, sentence) => {
    expect(() => read(set(line))).toThrow(sentence)
  })
})

describe('NumPy arrays', () => {
  const features = writeNpy("'<f4'", '(2, 2)', floats(1, 2, 3, 4))
  test('are items and labels; whole labels are classes', () => {
    const data = read({
      format: 'npy',
      file: file('x.npy', features),
      labels: file(
        'y.npy',
        writeNpy("'<i8'", '(2,)', Buffer.from(BigInt64Array.of(7n, 9n).buffer)),
      ),
    })
    expect(data).toMatchObject({ count: 2, shape: [2] })
    expect(Array.from(data.values(1))).toEqual([3, 4])
    expect(data.label(1)).toBe('9')
  })
  test('come in one archive as well; labels with a point are targets', () => {
    const labels = writeNpy("'<f4'", '(2,)', floats(0.5, 1.5))
    const data = read({
      format: 'npz',
      file: file('data.npz', zipSync({ 'x.npy': features, 'y.npy': labels })),
      features: 'x',
      label: 'y',
    })
    expect(data.label(1)).toBe(1.5)
  })
  test.each([
    [
      'in Fortran order',
      writeNpy('', '', floats(1, 2, 3, 4), {
        header: "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }",
      }),
      'Fortran order',
    ],
    ['of objects', writeNpy("'|O'", '(2,)', Buffer.alloc(16)), 'elements of the type |O'],
    ['that end too early', features.subarray(0, -1), 'ends before its 4 numbers do'],
    ['that are none', Buffer.from('PK'), 'is no .npy file'],
  ])('%s are refused', (_, bytes, sentence) => {
    const labels = file('y.npy', writeNpy("'|u1'", '(2,)', Buffer.from([0, 1])))
    expect(() => read({ format: 'npy', file: file('x.npy', bytes), labels })).toThrow(sentence)
  })
  test('of as many labels as items, or they are refused', () => {
    const labels = file('y.npy', writeNpy("'|u1'", '(3,)', Buffer.from([0, 1, 2])))
    expect(() => read({ format: 'npy', file: file('x.npy', features), labels })).toThrow(
      '2 items, and labels of the shape [3]',
    )
  })
})

describe('a folder of pictures', () => {
  const preprocessing = { width: 1, height: 1, channels: 'gray', layout: 'chw' }
  const pixel = (...data: number[]) =>
    encodePng({ width: 1, height: 1, data: Uint8Array.from(data), channels: data.length, depth: 8 })
  const list = (...names: [name: string, bytes: Uint8Array, label: string][]) => {
    const lines = names.map(
      ([name, bytes, label]) => `${name},${label},${file(name, bytes).sha256}`,
    )
    const listing = ['file,label,sha256', ...lines].join('\n')
    return { format: 'images', file: file('list.csv', listing), preprocessing }
  }
  test('is read by what the files are, whatever their names say', () => {
    const jpeg = encodeJpeg(
      { width: 1, height: 1, data: Buffer.from([255, 255, 255, 255]) },
      100,
    ).data
    const data = read(list(['a.jpg', pixel(255), 'white'], ['b.png', jpeg, 'white too']))
    expect(data).toMatchObject({ count: 2, shape: [1, 1, 1] })
    expect(data.values(0)[0]).toBeCloseTo(1, 2)
    expect(data.values(1)[0]).toBeCloseTo(1, 2)
    expect(data.label(1)).toBe('white too')
  })
  test('keeps the place of a picture that cannot be decoded', () => {
    const data = read(list(['a.png', Buffer.from('no picture'), 'x'], ['b.png', pixel(0), 'y']))
    expect(() => data.values(0)).toThrow(ItemError)
    expect(data.values(1)[0]).toBe(0)
  })
  test('reads no file outside of the suite', () => {
    const set = list(['a.png', pixel(0), 'x'])
    const listing = `file,label,sha256\n../a.png,x,${'ab'.repeat(32)}`
    expect(() => read({ ...set, file: file('list.csv', listing) })).toThrow('below the suite')
  })
})

describe('pixels', () => {
  const picture = { width: 2, height: 1, channels: 3, data: [255, 0, 0, 0, 0, 255], largest: 255 }
  const wanted = (more: object) => ({
    width: 2,
    height: 1,
    channels: 'rgb' as const,
    resize: 'bilinear' as const,
    layout: 'chw' as const,
    mean: [0],
    std: [1],
    ...more,
  })
  test('come channel by channel, or pixel by pixel', () => {
    expect([...preprocess(picture, wanted({}))]).toEqual([1, 0, 0, 0, 0, 1])
    expect([...preprocess(picture, wanted({ layout: 'hwc' }))]).toEqual([1, 0, 0, 0, 0, 1])
    const tall = { ...picture, width: 1, height: 2 }
    expect([...preprocess(tall, wanted({ width: 1, height: 2 }))]).toEqual([1, 0, 0, 0, 0, 1])
  })
  test('are gray by the weights of BT.601', () => {
    const [red, blue] = preprocess(picture, wanted({ channels: 'gray' }))
    expect(red).toBeCloseTo(0.299)
    expect(blue).toBeCloseTo(0.114)
  })
  test('lie between their neighbours when there are more of them, and are one of them when asked', () => {
    const gray = { width: 2, height: 1, channels: 1, data: [0, 255], largest: 255 }
    const row = (resize: string) => [
      ...preprocess(gray, wanted({ channels: 'gray', width: 4, resize })),
    ]
    expect(row('bilinear')).toEqual([0, 0.25, 0.75, 1])
    expect(row('nearest')).toEqual([0, 0, 1, 1])
  })
  test('are shifted and scaled per channel', () => {
    const values = preprocess(picture, wanted({ mean: [0.5, 0, 0], std: [0.5, 1, 2] }))
    expect([...values]).toEqual([1, -1, 0, 0, 0, 0.5])
  })
})
