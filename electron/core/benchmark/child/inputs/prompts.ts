import type { SpeedInputs } from '@shared/benchmark/suite'
import type { TokenModel } from '../engines/engine'
import { LaunchFailure } from '../failure'

/** The suite's prompts as tokens, each cut or repeated to the same length: all queries are the same work. */
export function promptTokens(
  inputs: SpeedInputs,
  model: TokenModel,
  length: number,
): Uint32Array[] {
  if (inputs.kind !== 'prompts')
    throw new LaunchFailure(
      'refused',
      `A language model reads prompts, and this suite has inputs of kind "${inputs.kind}". Choose a suite for generation.`,
    )
  return inputs.prompts.map((text) => {
    const words = model.tokenize(text)
    if (words.length === 0)
      throw new LaunchFailure('refused', 'A prompt of the suite has no tokens for this model.')
    const head = model.firstToken === null ? [] : [model.firstToken]
    return Uint32Array.from({ length }, (_, at) =>
      at < head.length ? (head[at] ?? 0) : (words[(at - head.length) % words.length] ?? 0),
    )
  })
}
