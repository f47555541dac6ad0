import type { Evidence } from '@shared/benchmark/evidence'
import type { GRADES, METRICS, SCENARIOS } from '@shared/benchmark/scales'
import { catalogue, formatNumber, plural } from '../app/intl'

export type Metric = (typeof METRICS)[number]
export type ScenarioKind = (typeof SCENARIOS)[number]
export type ResultGrade = (typeof GRADES)[number]

/** Words that every page of benchmarks shares. */
export const text = catalogue({
  pages: 'Benchmark pages',
  results: 'Results',
  run: 'New benchmark',
  leaderboard: 'Leaderboard',
  engines: 'Engines',
  unknown: 'unknown',
  none: '–',
  threads: (n: number) => plural(n, { one: '# thread', other: '# threads' }),
  launches: (n: number) => plural(n, { one: '# launch', other: '# launches' }),
  interval: (lower: string, upper: string) => `${lower} to ${upper}`,
  suiteVersion: (title: string, version: string) => `${title} ${version}`,
  grade: {
    A: 'Every check of quiet was ok.',
    B: 'Nothing disturbed the run that could be seen, but some checks cannot be made on this machine.',
    C: 'The machine was not quiet. Kept local, never published.',
  } satisfies Record<ResultGrade, string>,
  gradeShort: {
    A: 'Quiet machine',
    B: 'Some checks unknown',
    C: 'Noisy: kept local, never published',
  } satisfies Record<ResultGrade, string>,
  evidence: {
    'self-reported': 'Self-reported',
    signed: 'Signed',
    reproduced: 'Reproduced',
    audited: 'Audited',
  } satisfies Record<Evidence, string>,
  evidenceWhy: {
    'self-reported': 'Self-reported: what its owner says about itself, confirmed by nobody else.',
    signed:
      'Signed: who stands for it is known and nothing was changed since. Nobody else has repeated it.',
    reproduced: 'Reproduced: somebody else whose key you trust got the same and signed that.',
    audited: 'Audited: somebody else whose key you trust examined it and signed that.',
  } satisfies Record<Evidence, string>,
  measures: {
    'latency-p50': 'Latency p50',
    'latency-p90': 'Latency p90',
    'latency-p95': 'Latency p95',
    'latency-p99': 'Latency p99',
    throughput: 'Throughput',
    'server-rate': 'Server rate',
    'time-to-first-token': 'Time to first token',
    'time-per-token': 'Time per token',
    'output-tokens': 'Output tokens',
    'prompt-tokens': 'Prompt tokens',
    load: 'Load',
    'first-inference': 'First inference',
    memory: 'Memory',
    'cpu-per-query': 'CPU time per query',
    energy: 'Energy',
  },
  metrics: {
    accuracy: 'Accuracy',
    'top-5': 'Top-5 accuracy',
    'macro-f1': 'Macro F1',
    auc: 'AUC',
    mae: 'Mean absolute error',
    rmse: 'Root mean square error',
    'exact-match': 'Exact match',
    perplexity: 'Perplexity',
  } satisfies Record<Metric, string>,
  scenarios: {
    'single-stream': 'Single stream',
    offline: 'Offline',
    'multi-stream': 'Multi stream',
    server: 'Server',
    generation: 'Generation',
  } satisfies Record<ScenarioKind, string>,
  profiles: {
    quick: 'Quick, 10 s',
    standard: 'Standard, 60 s',
    certified: 'Certified, 600 s',
  },
  checks: {
    canary: 'Spin canary',
    pressure: 'CPU pressure',
    steal: 'Stolen time',
    governor: 'CPU governor',
    power: 'Power source',
    thermal: 'Temperature',
  },
  checkStates: { ok: 'ok', bad: 'bad', unknown: 'unknown' },
  stages: {
    queued: 'Waiting for its turn',
    scanning: 'Scanning the models',
    checking: 'Waiting for a quiet machine',
    measuring: 'Measuring',
    saving: 'Saving',
  },
  launchesOf: (done: number, total: number) =>
    `launch ${formatNumber(Math.min(done + 1, total))} of ${formatNumber(total)}`,
  export: 'Export',
  exported: (fileName: string) => `Saved as ${fileName}`,
  exportFailed: 'The export failed',
  formats: { json: 'JSON', csv: 'CSV', markdown: 'Markdown' },
  history: 'History',
  compare: 'Compare',
  remove: 'Delete result',
})

/** Products' names: the same in every language. */
export const ENGINE_NAME = {
  'onnxruntime-node': 'ONNX Runtime',
  'onnxruntime-web': 'ONNX Runtime Web (WASM)',
  'tfjs-wasm': 'TensorFlow.js (WASM)',
  'llama-cpp': 'llama.cpp',
} as const
