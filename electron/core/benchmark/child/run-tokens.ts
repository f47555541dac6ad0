import { createHash } from 'node:crypto'
import { createRandom, deriveSeed } from '@shared/statistics/random'
import type { ResultMessage } from '../protocol'
import { runTextAccuracy } from './accuracy/run-text-accuracy'
import { readCanary } from './canary'
import type { LabelledData } from './data/labelled'
import type { TokenModel } from './engines/engine'
import { LaunchFailure } from './failure'
import { promptTokens } from './inputs/prompts'
import { watchResources } from './resources'
import type { LaunchContext } from './run-plan'
import { type Generated, generate, measureTexts, warmUpTexts } from './scenarios/generation'
import { NOTHING } from './scenarios/latency'

const SAMPLE_TOKENS = 64

/** A launch of a language model: every prompt once untimed, warm-up, then texts against the clock. */
export async function runTokens(
  context: LaunchContext,
  model: TokenModel,
  data: LabelledData | undefined,
): Promise<ResultMessage> {
  const { plan, say } = context
  const { texts, outputTokens } = prompts(context, model)
  const order = createRandom(deriveSeed(plan.seed, 'order')).shuffle([...texts.keys()])
  const promptOf = (query: number) => order[query % order.length] ?? 0
  const answer = (prompt: number) =>
    generate(model, texts[prompt] ?? new Uint32Array(), outputTokens)

  say({ type: 'phase', phase: 'first-inference' })
  const references: Generated[] = []
  for (const prompt of texts.keys()) references.push(await answer(prompt))

  let accuracy: ResultMessage['accuracy'] = null
  if (plan.accuracy !== undefined && data !== undefined) {
    say({ type: 'phase', phase: 'accuracy' })
    accuracy = await runTextAccuracy(plan, model, data, say)
  }

  say({ type: 'phase', phase: 'warm-up' })
  const warmUp = await warmUpTexts((query) => answer(promptOf(query)), plan.profile.warmUpMs)

  say({ type: 'phase', phase: 'measuring' })
  let different = 0
  const before = readCanary()
  const resources = watchResources(context.rssBaseBytes)
  const generation = await measureTexts(
    (query) => answer(promptOf(query)),
    plan.profile,
    texts[0]?.length ?? 0,
    (query, { tokens, totalMs }, share) => {
      if (tokens.join() !== references[promptOf(query)]?.tokens.join()) different++
      say({
        type: 'progress',
        phase: 'measuring',
        share,
        queries: query + 1,
        p50Ns: Math.round(totalMs * 1e6),
        rssBytes: process.memoryUsage.rss(),
      })
    },
  )
  const used = resources.stop()
  return {
    type: 'result',
    accuracy,
    measured: {
      ...NOTHING,
      spawnMs: context.spawnMs,
      loadMs: context.loadMs,
      firstInferenceMs: references[0]?.ttftMs ?? 0,
      warmUp,
      generation,
      repeatedItem: null,
      resources: used,
      canary: { before, after: readCanary() },
      outputDigest: createHash('sha256')
        .update(references.map(({ tokens }) => tokens.join()).join('\n'))
        .digest('hex'),
      outputSample: Array.from(references[0]?.tokens.subarray(0, SAMPLE_TOKENS) ?? []),
      sampledOutputs: { queries: generation.queries.length, different },
      engine: model.engine,
    },
  }
}

/** The prompts as tokens. Throws LaunchFailure when model, suite and scenario do not go together. */
export function prompts({ plan }: LaunchContext, model: TokenModel) {
  const { scenario, inputs } = plan
  if (scenario.kind !== 'generation')
    throw new LaunchFailure(
      'refused',
      `The scenario "${scenario.kind}" needs a model of tensors, and this is a language model. Choose a suite for generation.`,
    )
  const { promptTokens: length, outputTokens } = scenario
  return { texts: promptTokens(inputs, model, length), outputTokens }
}
