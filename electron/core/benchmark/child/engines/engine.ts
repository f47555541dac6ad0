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
  /** Tokens that a prompt and its answer may have together. */
  readonly contextTokens: number
  /** Token that begins every text; null where the model wants none. */
  readonly firstToken: number | null
  tokenize(text: string): Uint32Array
  detokenize(tokens: Uint32Array): string
  endsText(token: number): boolean
  /** Forgets everything, so that the next prompt starts from nothing. */
  clear(): void
  /** Reads the tokens after those before them, and returns the likeliest next one. */
  next(tokens: Uint32Array): Promise<number>
  /** Reads the tokens from nothing; natural logarithm of the probability of each but the first, given those before. */
  logLikelihoods(tokens: Uint32Array): Promise<number[]>
}

export type LoadedModel = TensorModel | TokenModel
export type LoadEngine = (plan: LaunchPlan) => Promise<LoadedModel>
