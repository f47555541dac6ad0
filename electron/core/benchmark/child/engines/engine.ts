import type { LaunchPlan } from '../../protocol'
import type { Tensor, TensorSpec } from '../tensor'

/**
 * A loaded model of tensors. `Feed` and `Output` are the engine's own values: what is
 * timed is `run` alone, never a conversion.
 */
export interface TensorModel<Feed = unknown, Output = unknown> {
  readonly kind: 'tensors'
  readonly engine: { name: string; version: string }
  readonly inputs: readonly TensorSpec[]
  readonly outputs: readonly TensorSpec[]
  /** Inputs by name, as the engine wants them; made before anything is timed. */
  feed(tensors: ReadonlyMap<string, Tensor>): Feed
  /** One inference. An engine that answers at once does not return a promise. */
  run(feed: Feed): Output | Promise<Output>
  readonly synchronous: boolean
  /** Outputs by name. */
  read(output: Output): Map<string, Tensor>
}

/** A loaded language model: token numbers in, one token at a time out. */
export interface TokenModel {
  readonly kind: 'tokens'
  readonly engine: { name: string; version: string }
  readonly contextTokens: number
  tokenize(text: string): number[]
  detokenize(tokens: readonly number[]): string
  /** Forgets everything, so that the next prompt starts from nothing. */
  clear(): void
  /** Reads the tokens and returns the likeliest next one. */
  next(tokens: readonly number[]): Promise<number>
  /** Reads the tokens and returns the natural logarithm of the probability of each, given those before it. */
  logLikelihood(context: readonly number[], tokens: readonly number[]): Promise<number[]>
}

export type LoadedModel = TensorModel | TokenModel
export type LoadEngine = (plan: LaunchPlan) => Promise<LoadedModel>
