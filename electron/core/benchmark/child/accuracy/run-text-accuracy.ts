import type { Accuracy, Prediction } from '@shared/benchmark/accuracy'
import type { LaunchPlan } from '../../protocol'
import type { LabelledData } from '../data/labelled'
import type { TokenModel } from '../engines/engine'
import { LaunchFailure } from '../failure'
import type { Say } from '../say'
import { rounded } from './read-answer'
import { finish, sayProgress } from './run-accuracy'

/** Tokens that an answer may be longer than the expected one before it is cut. */
const SPARE_TOKENS = 8

/**
 * Every text of the data set: how likely the model finds the expected one after the prompt, and whether
 * it says exactly that by itself.
 */
export async function runTextAccuracy(
  plan: LaunchPlan,
  model: TokenModel,
  data: LabelledData,
  say: Say,
): Promise<Accuracy> {
  const answers = plan.accuracy?.metrics.includes('exact-match') ?? false
  const predictions: Prediction[] = []
  for (let item = 0; item < data.count; item++) {
    predictions.push(await predict(model, item, data.text(item), String(data.label(item)), answers))
    sayProgress(say, item + 1, data.count)
  }
  return finish(plan, data, predictions, [])
}

async function predict(
  model: TokenModel,
  item: number,
  prompt: string,
  expected: string,
  answers: boolean,
): Promise<Prediction> {
  const head = model.firstToken === null ? [] : [model.firstToken]
  const before = [...head, ...model.tokenize(prompt)]
  // Both together, because a tokenizer puts a space of its own before a text that stands alone.
  const whole = Uint32Array.from([...head, ...model.tokenize(prompt + expected)])
  const wanted = whole.length - before.length
  if (before.length === 0 || wanted <= 0)
    throw new LaunchFailure('refused', `Item ${item} has no prompt or no expected text.`)
  if (whole.length + SPARE_TOKENS > model.contextTokens)
    throw new LaunchFailure(
      'refused',
      `Item ${item} has ${whole.length} tokens; the context holds ${model.contextTokens}.`,
    )
  const likelihoods = await model.logLikelihoods(whole)
  const own = likelihoods.slice(-wanted)
  const predicted = answers ? await say(model, before, wanted + SPARE_TOKENS) : ''
  return {
    item,
    expected,
    predicted,
    score: rounded(own.reduce((sum, one) => sum + one, 0)),
    tokens: wanted,
    correct: answers ? predicted.trim() === expected.trim() : null,
    rank: null,
  }
}

/** What the model says by itself, up to the end of the text or of the line. */
async function say(model: TokenModel, prompt: number[], mostTokens: number): Promise<string> {
  model.clear()
  const tokens: number[] = []
  let token = await model.next(Uint32Array.from(prompt))
  while (!model.endsText(token) && tokens.length < mostTokens) {
    tokens.push(token)
    if (model.detokenize(Uint32Array.from(tokens)).trim().includes('\n')) break
    token = await model.next(Uint32Array.of(token))
  }
  return model.detokenize(Uint32Array.from(tokens)).trim().split('\n')[0] ?? ''
}
