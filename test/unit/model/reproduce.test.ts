import { describe, expect, test } from 'vitest'
import { notReproduced } from '../../../electron/core/model/reproduce'
import { row } from '../../fixtures/launches'
import { sha256Of, statement } from '../../fixtures/passports'
import { honestResult, published } from '../../fixtures/published'

/** What another machine says to a passport that claims 68 µs, having measured these medians. */
function saidBy(medians: readonly number[], more: Parameters<typeof honestResult>[1] = {}) {
  const claimed = statement({ measurements: [published()] })
  const own = honestResult(medians, more)
  const { hardwareClass } = own.environment
  const stored = {
    row: row('mine', medians, {
      modelSha256: sha256Of('weights'),
      grade: own.grade,
      hardwareClass,
    }),
    result: own,
    practicalDelta: 0.03,
  }
  return notReproduced(claimed, { matching: () => [stored.row], find: () => stored })
}

describe('a passport that claims to be reproduced', () => {
  test('is, by a result within 10 %', () => {
    expect(saidBy([70_000, 70_500, 71_000])).toBeUndefined()
  })
  test('is not, by one beyond it', () => {
    expect(saidBy([90_000, 90_500, 91_000])).toMatch(
      /^Measurement 1 \(speed 1\.0\.0, single-stream\) is refuted by what was measured here\. Measured is 13\d % of what is claimed, surely more than 10 % off\.$/,
    )
  })
  test('is not, by a single launch: it has no interval', () => {
    expect(saidBy([68_000])).toContain('is not reproduced')
  })
  test('is not, by other answers of the same speed', () => {
    const { accuracy } = honestResult()
    const predictions = accuracy?.predictions.map((one) => ({ ...one, predicted: 'b' })) ?? []
    expect(
      saidBy([68_000, 68_500], { accuracy: accuracy && { ...accuracy, predictions } }),
    ).toContain('Its accuracy is 0.500, not 0.833.')
  })
  test('is not, by another number of threads or another suite of that name', () => {
    const { engine, suite } = honestResult()
    expect(saidBy([68_000, 68_500], { engine: { ...engine, threads: 2 } })).toContain('Nothing of')
    expect(saidBy([68_000, 68_500], { suite: { ...suite, sha256: sha256Of('other') } })).toContain(
      'Nothing of',
    )
  })
  test('without benchmarks needs none', () => {
    const none = { matching: () => [], find: () => undefined }
    expect(notReproduced(statement(), none)).toBeUndefined()
  })
})
