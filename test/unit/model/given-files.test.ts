import { describe, expect, test } from 'vitest'
import { namedFor } from '../../../renderer/model/verifier/given-files'

const subject = (...names: string[]) => names.map((name) => ({ name }))
const given = (...paths: string[]) => new Map(paths.map((path) => [path, `hash of ${path}`]))
const names = (...args: Parameters<typeof namedFor>) => [...namedFor(...args).hashes.keys()]

describe('files that somebody drops on the verifier', () => {
  test('are named below the folder they were dropped in', () => {
    const model = subject('weights.bin', 'code/load.py')
    expect(names(model, given('mine/weights.bin', 'mine/code/load.py'))).toEqual([
      'weights.bin',
      'code/load.py',
    ])
  })
  test('keep their names where the passport has the folder itself', () => {
    const model = subject('a/weights.bin', 'b/weights.bin')
    expect(names(model, given('a/weights.bin', 'b/weights.bin'))).toEqual([
      'a/weights.bin',
      'b/weights.bin',
    ])
  })
  test('are a renamed model, where model and drop are one file', () => {
    expect(namedFor(subject('weights.bin'), given('download (1).bin')).hashes).toEqual(
      new Map([['weights.bin', 'hash of download (1).bin']]),
    )
  })
  test('are never all of a model: what was not handed over is open', () => {
    expect(namedFor(subject('a', 'b'), given('a')).complete).toBe(false)
  })
})
