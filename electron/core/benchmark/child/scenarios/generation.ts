import { generationOf } from '@shared/benchmark/latency-summary'
import type { GenerationMeasure, GenerationQuery, WarmUp } from '@shared/benchmark/launch'
import type { Profile } from '@shared/benchmark/profile'
import type { TokenModel } from '../engines/engine'

/** A text takes long; so many are the fewest from which a median is more than one of them. */
const FEWEST_QUERIES = 3
const PATIENCE = 4
const STABLE = 0.02
const MOST_QUERIES = 100_000

export interface Generated {
  tokens: Uint32Array
  ttftMs: number
  totalMs: number
}

/** One prompt answered with `outputTokens` tokens, whatever they are: an end of text does not end it. */
export async function generate(
  model: TokenModel,
  prompt: Uint32Array,
  outputTokens: number,
): Promise<Generated> {
  const tokens = new Uint32Array(outputTokens)
  const one = new Uint32Array(1)
  model.clear()
  const started = performance.now()
  let token = await model.next(prompt)
  const first = performance.now()
  tokens[0] = token
  for (let i = 1; i < outputTokens; i++) {
    one[0] = token
    token = await model.next(one)
    tokens[i] = token
  }
  return { tokens, ttftMs: first - started, totalMs: performance.now() - started }
}

export type Run = (query: number) => Promise<Generated>

/** Texts until two in a row take the same time within 2 %, or the profile's time is up. */
export async function warmUpTexts(run: Run, mostMs: number): Promise<WarmUp> {
  const started = performance.now()
  let before: number | undefined
  for (let queries = 1; ; queries++) {
    const { totalMs } = await run(queries - 1)
    const durationMs = performance.now() - started
    if (before !== undefined && Math.abs(totalMs / before - 1) <= STABLE)
      return { queries, durationMs, ended: 'stable' }
    if (durationMs >= mostMs) return { queries, durationMs, ended: 'time' }
    before = totalMs
  }
}

export async function measureTexts(
  run: Run,
  profile: Profile,
  promptTokens: number,
  onQuery: (query: number, generated: Generated, share: number) => void,
): Promise<GenerationMeasure> {
  const queries: GenerationQuery[] = []
  let measuredMs = 0
  for (;;) {
    const generated = await run(queries.length)
    const { tokens, ttftMs, totalMs } = generated
    measuredMs += totalMs
    queries.push({
      promptTokens,
      outputTokens: tokens.length,
      ttftNs: Math.round(ttftMs * 1e6),
      tpotNs: tokens.length < 2 ? null : ((totalMs - ttftMs) * 1e6) / (tokens.length - 1),
      totalNs: Math.round(totalMs * 1e6),
    })
    onQuery(queries.length - 1, generated, Math.min(1, measuredMs / profile.measureMs))
    const enough = measuredMs >= profile.measureMs && queries.length >= FEWEST_QUERIES
    const tooMuch = measuredMs >= PATIENCE * profile.measureMs || queries.length >= MOST_QUERIES
    if (enough || tooMuch) return generationOf(queries)
  }
}
