import { join } from 'node:path'
import type { LaunchPlan } from '../../protocol'
import { LaunchFailure } from '../failure'
import type { TokenModel } from './engine'

/**
 * The addon of node-llama-cpp 3.21 (dist/bindings/AddonTypes.d.ts), used directly: its JavaScript brings
 * chat templates, downloads and builds, and none of that is measured.
 */
interface Binding {
  markLoaded(): boolean
  setLogger(logger: (level: number, message: string) => void): void
  setLoggerLogLevel(level: number): void
  /** Loads the variant of the processor code that suits this machine best, from this folder. */
  loadBackends(folder?: string): void
  init(): Promise<void>
  AddonModel: new (path: string, options: object) => Model
  AddonContext: new (model: Model, options: object) => Context
  AddonSampler: new (model: Model) => { applyConfig(config: object): void }
}

interface Model {
  init(): Promise<boolean>
  getTrainContextSize(): number
  tokenize(text: string, specialTokens: boolean): Uint32Array
  detokenize(tokens: Uint32Array, specialTokens: boolean): string
  tokenBos(): number
  shouldPrependBosToken(): boolean
  isEogToken(token: number): boolean
}

interface Context {
  init(): Promise<boolean>
  initBatch(size: number): void
  /** Returns where in the batch the logits of the wanted tokens will be. */
  addToBatch(
    sequence: number,
    position: number,
    tokens: Uint32Array,
    logits: Uint32Array,
  ): Uint32Array
  decodeBatch(): Promise<void>
  sampleToken(at: number, sampler: object): Promise<number>
  /** With pairs of token and probability, likeliest first. */
  sampleToken(at: number, sampler: object, probabilities: true): Promise<[number, number[]]>
  disposeSequence(sequence: number): void
}

export const LLAMA_CPP = { version: '3.21.1', release: 'v0.4.0' } as const

const FATAL = 0
const SEQUENCE = 0
/** Longer prompts are read in pieces of this many tokens, as llama.cpp does by default. */
const BATCH_TOKENS = 2048
/** Room for the accuracy part, where nothing says how long a text is. */
const CONTEXT_TOKENS = 2048

export async function loadLlamaCpp(plan: LaunchPlan): Promise<TokenModel> {
  const { folder, threads } = plan.engine
  const binding = await loadBinding(folder)
  const model = new binding.AddonModel(plan.model.path, { gpuLayers: 0, useMmap: true })
  if (!(await model.init()))
    throw new LaunchFailure('refused', 'llama.cpp cannot load this GGUF file.')
  const contextTokens = contextFor(plan, model.getTrainContextSize())
  const batchTokens = Math.min(BATCH_TOKENS, contextTokens)
  const context = new binding.AddonContext(model, {
    contextSize: contextTokens,
    batchSize: batchTokens,
    sequences: 1,
    threads,
    flashAttention: false,
  })
  if (!(await context.init()))
    throw new LaunchFailure(
      'out-of-memory',
      `llama.cpp cannot make a context of ${contextTokens} tokens within the limit of memory.`,
    )
  const sampler = new binding.AddonSampler(model)
  // Always the likeliest token: the same text in every launch.
  sampler.applyConfig({ temperature: 0 })
  let position = 0

  /** Reads tokens; returns where the logits of the last `wanted` ones are. */
  async function read(tokens: Uint32Array, wanted: number): Promise<Uint32Array> {
    const first = tokens.length - wanted
    const logits = Uint32Array.from({ length: wanted }, (_, i) => first + i)
    context.initBatch(tokens.length)
    const at = context.addToBatch(SEQUENCE, position, tokens, logits)
    await context.decodeBatch()
    position += tokens.length
    return at
  }

  function clear(): void {
    context.disposeSequence(SEQUENCE)
    position = 0
  }

  return {
    kind: 'tokens',
    engine: { name: 'llama-cpp', version: `${LLAMA_CPP.version} (llama.cpp ${LLAMA_CPP.release})` },
    contextTokens,
    firstToken: model.shouldPrependBosToken() ? model.tokenBos() : null,
    tokenize: (text) => model.tokenize(text, false),
    detokenize: (tokens) => model.detokenize(tokens, false),
    endsText: (token) => model.isEogToken(token),
    clear,
    async next(tokens) {
      let from = 0
      for (; tokens.length - from > batchTokens; from += batchTokens)
        await read(tokens.subarray(from, from + batchTokens), 0)
      const [at = 0] = await read(from === 0 ? tokens : tokens.subarray(from), 1)
      return context.sampleToken(at, sampler)
    },
    async logLikelihoods(tokens) {
      clear()
      const likelihoods: number[] = []
      for (let from = 0; from < tokens.length; from += batchTokens) {
        const piece = tokens.subarray(from, from + batchTokens)
        const places = await read(piece, piece.length)
        for (const [i, at] of places.entries()) {
          const following = tokens[from + i + 1]
          if (following === undefined) break
          const [, pairs] = await context.sampleToken(at, sampler, true)
          likelihoods.push(Math.log(probabilityIn(pairs, following)))
        }
      }
      return likelihoods
    },
  }
}

async function loadBinding(folder: string): Promise<Binding> {
  const module = { exports: {} }
  process.dlopen(module, join(folder, 'llama-addon.node'))
  const binding = module.exports as Binding
  binding.markLoaded()
  binding.setLogger((_, message) => process.stderr.write(message))
  binding.setLoggerLogLevel(FATAL)
  binding.loadBackends(folder)
  await binding.init()
  return binding
}

function contextFor({ scenario }: LaunchPlan, trained: number): number {
  if (scenario.kind !== 'generation') return Math.min(CONTEXT_TOKENS, trained)
  const wanted = scenario.promptTokens + scenario.outputTokens
  if (wanted > trained)
    throw new LaunchFailure(
      'refused',
      `The model was trained for ${trained} tokens of context; the scenario needs ${wanted}. Choose a suite with shorter prompts.`,
    )
  return Math.min(Math.max(wanted, CONTEXT_TOKENS), trained)
}

/** Tokens so unlikely that their probability is 0 in float32 are given its smallest number. */
function probabilityIn(pairs: readonly number[], token: number): number {
  for (let i = 0; i < pairs.length; i += 2)
    if (pairs[i] === token) return Math.max(pairs[i + 1] ?? 0, 1.2e-38)
  return 1.2e-38
}
