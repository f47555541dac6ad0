/**
 * The words of a benchmark. Apart from the schemas, because the page needs the lists and does
 * without zod.
 */
export const ENGINES = ['onnxruntime-node', 'onnxruntime-web', 'tfjs-wasm', 'llama-cpp'] as const

/** What a model file is, as far as running it is concerned. */
export const MODEL_FORMATS = ['onnx', 'tfjs', 'gguf'] as const

export const PROFILES = ['quick', 'standard', 'certified'] as const

export const SCENARIOS = [
  'single-stream',
  'offline',
  'multi-stream',
  'server',
  'generation',
] as const

/** How a launch ended. `host-lost`: the console itself died meanwhile; known at its next start. */
export const ENDINGS = [
  'ok',
  'timeout',
  'out-of-memory',
  'crash',
  'bad-output',
  'refused',
  'cancelled',
  'host-lost',
] as const

/** Best first. A: every check of quiet is ok. B: some are unknown. C: noisy, never published. */
export const GRADES = ['A', 'B', 'C'] as const

export const TASKS = ['classification', 'regression', 'generation', 'speed'] as const

export const METRICS = [
  'accuracy',
  'top-5',
  'macro-f1',
  'auc',
  'mae',
  'rmse',
  'exact-match',
  'perplexity',
] as const

/** What a launch goes through, in order. */
export const LAUNCH_PHASES = [
  'starting',
  'verifying',
  'loading',
  'first-inference',
  'accuracy',
  'warm-up',
  'measuring',
] as const
