import { packDurations, unpackDurations } from '@shared/benchmark/packed-durations'
import { BENCHMARK_RESULT, publishedResult } from '@shared/benchmark/publication'
import type { BenchmarkResult } from '@shared/benchmark/result'
import { asStated, rounded } from '@shared/benchmark/stated'
import { summarise } from '@shared/benchmark/summarise'
import { NotPassportableError, signStatement } from '@shared/model/build'
import { firstDifference } from '@shared/model/difference'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { launch, measured, result } from '../../fixtures/launches'
import { ISSUER, statement, verify } from '../../fixtures/passports'
import { honestResult, leavesOf, otherThan, published } from '../../fixtures/published'

const AT = '$.predicate.measurements[0].document'

/** Signed by its issuer as it is, whatever it says. */
async function resigned(document: unknown) {
  const draft = structuredClone(statement({ measurements: [published()] }))
  draft.predicate.measurements = [{ schema: BENCHMARK_RESULT.schema, document: document as never }]
  return (await verify(await signStatement(draft, ISSUER))).verification
}

/** Figures, and what else follows from the raw launches: a change of it is named where it is. */
const DERIVED = [
  /^\$\.summary\./,
  /^\$\.wholeSha256$/,
  /\.latency\.(?:summary|earlyStopping)\./,
  /\.latency\.queries$/,
  /\.repeatedItem\.ratio$/,
  /\.noisy$/,
  /\.launches\[\d+\]\.seed$/,
  /\.accuracy\.(?:items|metrics\[\d+\]\.value|worst)/,
  /\.accuracy\.confusion\.cells/,
  /\.predictions\[\d+\]\.(?:item|correct)$/,
  /\.environment\.(?:fingerprint|hardwareClass)$/,
  /^\$\.result\.(?:grade|startedAt)$/,
]

describe('a benchmark result in a passport', () => {
  test('is valid, and is read as what was recomputed', async () => {
    const { outcome, checks } = await resigned(published().document)
    expect(outcome).toBe('valid')
    expect(checks.find(({ id }) => id === 'measurement')?.sentence).toMatch(
      /^Recomputed from the raw launches: speed 1\.0\.0, single-stream, on onnxruntime-node 1\.30\.0: Latency p90 \S+ µs \[.*\], accuracy 83\.3 % \[.*\], auc .*, 3 launches, grade A\.$/,
    )
  })
  test('keeps every duration that its figures are of', () => {
    const honest = honestResult()
    const again = publishedResult(published(honest).document)
    expect(summarise(again).figures).toEqual(summarise(honest).figures)
    const kept = ({ launches }: BenchmarkResult) =>
      launches.map(({ measured }) => measured?.latency?.raw.nanoseconds.toSorted((a, b) => a - b))
    expect(kept(again)).toEqual(kept(honest))
  })
  test('is refused with the place of the difference, whichever value is another', () => {
    const missed: string[] = []
    const elsewhere: string[] = []
    for (const { path } of leavesOf(published().document)) {
      const { document } = published()
      const leaf = leavesOf(document).find((one) => one.path === path)
      leaf?.set(otherThan(leaf.value))
      let found: string | undefined
      try {
        found = firstDifference(document, BENCHMARK_RESULT.recompute(document))?.path
      } catch (error) {
        // Not of the schema, or no metric can be taken of it.
        found = path
        expect((error as Error).message).not.toBe('')
      }
      if (found === undefined) missed.push(path)
      else if (found !== path && DERIVED.some((one) => one.test(path))) elsewhere.push(path)
    }
    expect(missed).toEqual([])
    expect(elsewhere).toEqual([])
  })
  test('names the figure when a raw duration, a prediction or a look at the machine was changed', async () => {
    const change = async (of: (document: ReturnType<typeof plain>) => void) => {
      const document = plain()
      of(document)
      const { outcome, checks } = await resigned(document)
      expect(outcome).toBe('invalid')
      return checks.find(({ result }) => result === 'failed')?.path
    }
    const plain = () => published().document as unknown as { result: BenchmarkResult }
    const raw = await change(({ result: { launches } }) => {
      const latency = launches[1]?.measured?.latency as unknown as { raw: { ascending: string } }
      latency.raw.ascending = latency.raw.ascending.replace(/^\d+/, (first) => `${+first - 9000}`)
    })
    expect(raw).toMatch(/^.*\.launches\[1\]\.measured\.latency\.(?:earlyStopping|summary)\./)
    const answer = await change(({ result: { accuracy } }) => {
      if (accuracy?.predictions[4]) accuracy.predictions[4].predicted = 'a'
    })
    expect(answer).toContain(`${AT}.result.accuracy.`)
    const quiet = await change(({ result: { quiet } }) => {
      if (quiet[0]?.checks[0]) quiet[0].checks[0].state = 'unknown'
    })
    expect(quiet).toBe(`${AT}.result.grade`)
  })
  test('states a figure in twelve digits, and no other spelling of it', () => {
    const { document } = published()
    const [leaf] = leavesOf(document).filter(({ path }) => path.endsWith('confidence'))
    expect(leaf?.value).toBe(Number(Number(leaf?.value).toPrecision(12)))
    leaf?.set(Number(leaf.value) + 1e-16 * 2)
    expect(firstDifference(document, BENCHMARK_RESULT.recompute(document))?.path).toBe(leaf?.path)
  })
  test('has no field that nobody reads', () => {
    const document = published().document as { result: { launches: object[] } }
    Object.assign(document.result.launches[0] ?? {}, { extra: 1 })
    expect(firstDifference(document, BENCHMARK_RESULT.recompute(document as never))?.path).toBe(
      '$.result.launches[0].extra',
    )
  })
})

describe('a stated number', () => {
  const other = (value: number, bits: number) => value * (1 + bits * Number.EPSILON)
  test('is right for every browser: the last bits of what it recomputes may be others', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e15 }),
        fc.integer({ min: -4, max: 4 }),
        (value, bits) => {
          const stated = rounded({ value })
          expect(asStated(stated, { value: other(value, bits) })).toEqual(stated)
        },
      ),
    )
  })
  test('is wrong from one unit of its twelfth digit on, and with a thirteenth', () => {
    const stated = rounded(Math.PI)
    expect(asStated(stated + 1e-11, Math.PI)).toBe(stated)
    expect(asStated(Math.PI, Math.PI)).toBe(stated)
    expect(asStated('3', Math.PI)).toBe(stated)
    expect(asStated({}, { value: Math.PI })).toEqual({ value: stated })
  })
})

describe('packed durations', () => {
  test('come back in ascending order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e12), { minLength: 1 }), (some) => {
        expect(unpackDurations(packDurations(some))).toEqual(some.toSorted((a, b) => a - b))
      }),
    )
  })
  test.each(['', ' 1', '1 ', '1  2', '1,2', '-1', '1.5', '1e3', '9'.repeat(20)])(
    'are not "%s"',
    (text) => {
      expect(() => unpackDurations(text)).toThrow('the durations are none at character')
    },
  )
})

describe('a result that is never published', () => {
  const noisy = (): BenchmarkResult => {
    const disturbed = measured(68_000)
    disturbed.canary.before.cpuShare = 0.5
    return honestResult([], { launches: [launch(68_000, { measured: disturbed })] })
  }
  test('is grade C: it is not issued, and not accepted from who issued it all the same', async () => {
    expect(noisy().grade).toBe('C')
    expect(() => statement({ measurements: [published(noisy())] })).toThrow(NotPassportableError)
    expect(await resigned(published(noisy()).document)).toMatchObject({
      outcome: 'invalid',
      sentence: expect.stringContaining('grade C'),
    })
  })
  test('is one of a model that ran without a clean scan', async () => {
    const scan = { reportId: null, verdict: 'suspicious', complete: true, override: 'I know it.' }
    expect(await resigned(published(honestResult([1000, 1010], { scan })).document)).toMatchObject({
      outcome: 'invalid',
      sentence: expect.stringContaining('without a complete and clean scan'),
    })
  })
  test('is one of files that the passport is not of', async () => {
    const model = result([]).model
    expect(await resigned(published(honestResult([1000, 1010], { model })).document)).toMatchObject(
      {
        outcome: 'invalid',
        sentence: expect.stringContaining('a file that is not of this model'),
      },
    )
  })
})
