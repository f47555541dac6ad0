import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { ClaimStatement, ClaimVerdict } from '../benchmark/claim'
import { BenchmarkComparison } from '../benchmark/comparison'
import { Sha256 } from '../benchmark/digest'
import { QuietReading } from '../benchmark/environment'
import { Evidence } from '../benchmark/evidence'
import { AccuracyFigure, Figure, Summary } from '../benchmark/figures'
import { BenchmarkHistory, HistoryQuery } from '../benchmark/history'
import { LaunchEnding } from '../benchmark/launch'
import { LeaderboardTable } from '../benchmark/leaderboard'
import { MEASURES } from '../benchmark/measures'
import { Preflight } from '../benchmark/preflight'
import { BenchmarkResult, EngineName, ModelFormat } from '../benchmark/result'
import { ResultId, ResultRow } from '../benchmark/result-row'
import { LAUNCH_PHASES, PROFILES, SCENARIOS } from '../benchmark/scales'
import { SuiteManifest } from '../benchmark/suite'
import { BenchmarkJob } from './jobs'

const Path = z.string().min(1).max(4096)

/** A suite that comes with the console, or a folder with a suite.json. */
export const SuiteChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('built-in'), id: z.string().min(1).max(130) }),
  z.object({ kind: z.literal('folder'), path: Path }),
])
export type SuiteChoice = z.infer<typeof SuiteChoice>

export const BenchmarkSetup = z.object({
  /** One model, or two to five that are measured in turns and compared with the first. */
  models: z
    .array(z.object({ path: Path }))
    .min(1)
    .max(5),
  suite: SuiteChoice,
  /** One of the suite's; its first when absent. */
  scenario: z.enum(SCENARIOS).optional(),
  /** The engine that fits the format when absent. */
  engine: EngineName.optional(),
  /** Threads inside one operator; 1 for rankings. */
  threads: z.number().int().min(1).max(256).default(1),
  profile: z.enum(PROFILES).default('quick'),
  /** Fresh processes per model, where the profile's number is not enough or too much. */
  launches: z.number().int().min(1).max(100).optional(),
  /** Measures the suite's reference models along. */
  references: z.boolean().default(true),
})
export type BenchmarkSetup = z.infer<typeof BenchmarkSetup>

export const StartBenchmark = BenchmarkSetup.extend({
  /** Runs models without a complete and clean scan, this once; recorded in activity and result. */
  override: z.object({ reason: z.string().trim().min(3).max(1000) }).optional(),
  /** Of order, items and arrivals; drawn when absent. */
  seed: z.number().int().min(0).max(0xffffffff).optional(),
})
export type StartBenchmark = z.infer<typeof StartBenchmark>

/** One arm of a run, as far as it is. */
export const LiveArm = z.object({
  name: z.string(),
  role: z.enum(['model', 'reference']),
  launchesDone: z.number().int(),
  launchesTotal: z.number().int(),
  /** Over the launches so far. */
  headline: Figure.nullable(),
  accuracy: z.array(AccuracyFigure),
})
export type LiveArm = z.infer<typeof LiveArm>

/** What the launch under way is at. */
export const LiveLaunch = z.object({
  arm: z.number().int(),
  block: z.number().int(),
  /** 1 for the first try; noisy launches are repeated at most twice. */
  attempt: z.number().int(),
  phase: z.enum(LAUNCH_PHASES),
  share: z.number().min(0).max(1),
  queries: z.number().int(),
  p50Ns: z.number().nullable(),
  rssBytes: z.number().nullable(),
})
export type LiveLaunch = z.infer<typeof LiveLaunch>

export const FinishedLaunch = z.object({
  index: z.number().int(),
  arm: z.number().int(),
  block: z.number().int(),
  ending: LaunchEnding,
  noisy: z.boolean(),
  wallMs: z.number(),
  /** Of the measure the scenario is judged by. */
  value: z.number().nullable(),
})
export type FinishedLaunch = z.infer<typeof FinishedLaunch>

export const BenchmarkEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('progress'),
    job: BenchmarkJob,
    arms: z.array(LiveArm),
    launch: LiveLaunch.nullable(),
    /** The last look at whether the machine is quiet. */
    quiet: QuietReading.nullable(),
    /** Runs before this one, of this console; 0 while another program holds the machine. */
    queued: z.number().int(),
  }),
  /** Every launch once, in order; a late watcher gets those before. */
  z.object({ type: z.literal('launch'), launch: FinishedLaunch }),
  z.object({
    type: z.literal('done'),
    results: z.array(ResultId),
    /** Of a run with several models. */
    comparisonId: z.uuid().nullable(),
  }),
  z.object({ type: z.literal('cancelled') }),
  /** The scan was not complete and clean: start again with an override, or read the report. */
  z.object({
    type: z.literal('refused'),
    path: z.string(),
    verdict: z.string(),
    complete: z.boolean(),
    reportId: z.string().nullable(),
    message: z.string(),
  }),
  z.object({ type: z.literal('failed'), message: z.string() }),
])
export type BenchmarkEvent = z.infer<typeof BenchmarkEvent>

export const SuiteRow = z.object({
  choice: SuiteChoice,
  id: z.string(),
  version: z.string(),
  title: z.string(),
  description: z.string(),
  category: z.string(),
  task: z.string(),
  scenarios: z.array(z.enum(SCENARIOS)),
  metric: z.string().nullable(),
  /** Labelled items come with it, so that answers are judged. */
  hasData: z.boolean(),
  references: z.number().int(),
})
export type SuiteRow = z.infer<typeof SuiteRow>

export const EngineState = z.object({
  name: EngineName,
  title: z.string(),
  formats: z.array(ModelFormat),
  version: z.string(),
  /** 'bundled' comes with the console. */
  state: z.enum(['bundled', 'installed', 'missing', 'unsupported']),
  /** Of its download; null where there is none. */
  downloadBytes: z.number().nullable(),
  /** Why it is missing or not supported here, and what to do. */
  reason: z.string().nullable(),
})
export type EngineState = z.infer<typeof EngineState>

/** The library that computes, hashed anew, against what results of this version ran with. */
export const EngineCheck = z.object({
  librarySha256: Sha256,
  /** Results of this workspace whose library had this very hash, and those of the same version with another. */
  same: z.number().int(),
  different: z.number().int(),
})
export type EngineCheck = z.infer<typeof EngineCheck>

export const InstallEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), doneBytes: z.number(), totalBytes: z.number() }),
  z.object({ type: z.literal('done'), engine: EngineState }),
])
export type InstallEvent = z.infer<typeof InstallEvent>

export const RunRow = z.object({
  id: z.uuid(),
  title: z.string(),
  state: z.enum(['queued', 'running', 'paused', 'done', 'cancelled', 'failed', 'interrupted']),
  createdAt: z.date(),
  /** How it ended, where it did not end well. */
  message: z.string().nullable(),
  results: z.array(ResultRow),
  comparisonId: z.uuid().nullable(),
})
export type RunRow = z.infer<typeof RunRow>

export const Claim = z.object({
  id: z.uuid(),
  statement: ClaimStatement,
  statedAt: z.date(),
  statedBy: z.string(),
  /** Against the results of this workspace, now. */
  verdict: ClaimVerdict,
})
export type Claim = z.infer<typeof Claim>

/** A passport from elsewhere, taken in. */
export const ImportedPassport = z.object({
  id: z.uuid(),
  /** What its issuer calls the model. */
  name: z.string(),
  importedAt: z.date(),
  /** By the keys that are trusted now. */
  level: Evidence,
  levelSentence: z.string(),
  /** A copy of a passport of this workspace that others signed: its results are here already. */
  ofOwn: z.boolean(),
  /** Results of others that are ranked along. */
  results: z.number().int(),
  sha256: Sha256,
})
export type ImportedPassport = z.infer<typeof ImportedPassport>

/** What a page or a command may want as a file. */
export const ExportWhat = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('result'), resultId: ResultId }),
  z.object({
    kind: z.literal('comparison'),
    resultIds: z.array(ResultId).min(2).max(5),
    delta: z.number().min(0.001).max(0.5).optional(),
  }),
  z.object({ kind: z.literal('history'), query: HistoryQuery }),
  z.object({ kind: z.literal('leaderboard'), category: z.string().optional() }),
])
export type ExportWhat = z.infer<typeof ExportWhat>

export const BENCHMARK_EXPORTS = ['json', 'csv', 'markdown'] as const
const Exported = z.object({ fileName: z.string(), mediaType: z.string(), text: z.string() })

const PATHS = {
  PATH_NOT_GRANTED: { status: 403, data: z.object({ path: z.string() }) },
  PATH_NOT_FOUND: { status: 404, data: z.object({ path: z.string() }) },
} as const
const SUITES = {
  SUITE_NOT_FOUND: { status: 404, data: z.object({ suite: z.string() }) },
  /** The sentence says what is wrong in suite.json or beside it. */
  SUITE_INVALID: { status: 422, data: z.object({ suite: z.string(), reason: z.string() }) },
} as const
const RESULT_NOT_FOUND = {
  RESULT_NOT_FOUND: { status: 404, data: z.object({ resultId: z.string() }) },
} as const
const JOB_NOT_FOUND = {
  JOB_NOT_FOUND: { status: 404, data: z.object({ jobId: z.string() }) },
} as const

/** Longer than any passport that is read (shared/model/dsse.ts). */
const MOST_PASSPORT_TEXT = 9 * 1024 * 1024

export const benchmarkContract = {
  suites: oc.output(z.array(SuiteRow)),
  suite: oc
    .input(SuiteChoice)
    .errors({ ...PATHS, ...SUITES })
    .output(z.object({ row: SuiteRow, manifest: SuiteManifest })),

  engines: oc.output(z.array(EngineState)),
  /** Downloads the engine's package, checks its pinned SHA-512 and unpacks it; or takes a file from disk. */
  installEngine: oc
    .input(z.object({ engine: EngineName, file: Path.optional() }))
    .errors({
      ...PATHS,
      /** No network, another answer than expected, a wrong hash: the sentence says which and what to do. */
      ENGINE_NOT_INSTALLED: {
        status: 502,
        data: z.object({ engine: z.string(), reason: z.string() }),
      },
    })
    .output(eventIterator(InstallEvent)),

  /** Reads the engine's library to its end: has it changed since results were measured with it? */
  verifyEngine: oc
    .input(z.object({ engine: EngineName }))
    .errors({
      ENGINE_MISSING: { status: 409, data: z.object({ engine: z.string(), reason: z.string() }) },
    })
    .output(EngineCheck),

  /** Whether the models run here, how quiet the machine is, and what would make the result better. */
  preflight: oc
    .input(BenchmarkSetup)
    .errors({ ...PATHS, ...SUITES })
    .output(Preflight),

  /** Puts a run into the queue; one at a time runs on a machine. What can never run is refused at once. */
  start: oc
    .input(StartBenchmark)
    .errors({
      ...PATHS,
      ...SUITES,
      /** Not runnable here, with the reason and what to do. */
      NOT_RUNNABLE: { status: 422, data: z.object({ path: z.string(), reason: z.string() }) },
      ENGINE_MISSING: { status: 409, data: z.object({ engine: z.string(), reason: z.string() }) },
      SCENARIO_NOT_IN_SUITE: { status: 422, data: z.object({ scenario: z.string() }) },
      TOO_MANY_RUNS: { status: 429, data: z.object({ queued: z.number(), limit: z.number() }) },
    })
    .output(z.object({ jobId: z.uuid() })),

  /** Follows a run; late watchers get the current state first. Ends with its last event. */
  watch: oc
    .input(z.object({ jobId: z.uuid() }))
    .errors(JOB_NOT_FOUND)
    .output(eventIterator(BenchmarkEvent)),

  /** Runs with what became of them, newest first. */
  runs: oc
    .input(
      z.object({
        limit: z.number().int().min(1).max(200).default(50),
        offset: z.number().int().nonnegative().default(0),
      }),
    )
    .output(z.object({ rows: z.array(RunRow), total: z.number().int() })),

  /** Results, newest first. */
  results: oc
    .input(
      z.object({
        limit: z.number().int().min(1).max(500).default(100),
        offset: z.number().int().nonnegative().default(0),
        search: z.string().max(200).default(''),
        suiteId: z.string().optional(),
        modelSha256: z.string().optional(),
        series: z.string().optional(),
        references: z.boolean().default(false),
      }),
    )
    .output(z.object({ rows: z.array(ResultRow), total: z.number().int() })),

  /** The document with everything that is computed from it. */
  result: oc
    .input(
      z.object({
        resultId: ResultId,
        /** Raw durations a launch keeps for charts; every k-th, with its step. */
        samples: z.number().int().min(0).max(100_000).default(1000),
      }),
    )
    .errors(RESULT_NOT_FOUND)
    .output(z.object({ row: ResultRow, summary: Summary, result: BenchmarkResult })),

  removeResult: oc
    .input(z.object({ resultId: ResultId }))
    .errors(RESULT_NOT_FOUND)
    .output(z.object({ removed: z.literal(true) })),

  /** Stored results against the first; those of one run in pairs, others as two samples. */
  compare: oc
    .input(
      z.object({
        resultIds: z.array(ResultId).min(2).max(5),
        /** Practical threshold; the suite's when absent. */
        delta: z.number().min(0.001).max(0.5).optional(),
      }),
    )
    .errors({
      ...RESULT_NOT_FOUND,
      /** Other suites, versions or scenarios: such numbers say nothing about each other. */
      NOT_COMPARABLE: { status: 422, data: z.object({ reason: z.string() }) },
    })
    .output(
      z.object({
        rows: z.array(ResultRow),
        summaries: z.array(Summary),
        comparison: BenchmarkComparison,
      }),
    ),

  history: oc.input(HistoryQuery).output(BenchmarkHistory),

  leaderboard: oc
    .input(
      z.object({
        category: z.string().optional(),
        /** Only this class of machines; all, adjusted for the machines, when absent. */
        hardwareClass: z.string().optional(),
        measure: z.enum(MEASURES).optional(),
      }),
    )
    .output(
      z.object({
        tables: z.array(LeaderboardTable),
        categories: z.array(z.string()),
        hardwareClasses: z.array(z.string()),
      }),
    ),

  imports: {
    list: oc.output(z.array(ImportedPassport)),
    /** Verified and recomputed first; only what a trusted key has signed is taken in. */
    add: oc
      .input(z.object({ text: z.string().max(MOST_PASSPORT_TEXT) }))
      .errors({ IMPORT_REFUSED: { status: 422, data: z.object({ reason: z.string() }) } })
      .output(ImportedPassport),
    remove: oc.input(z.object({ importId: z.uuid() })).output(z.object({ removed: z.boolean() })),
  },

  claims: {
    list: oc.input(z.object({ modelSha256: z.string().optional() })).output(z.array(Claim)),
    state: oc.input(ClaimStatement).output(Claim),
    remove: oc.input(z.object({ claimId: z.uuid() })).output(z.object({ removed: z.boolean() })),
  },

  export: oc
    .input(
      z.object({
        format: z.enum(BENCHMARK_EXPORTS),
        what: ExportWhat,
      }),
    )
    .errors({
      ...RESULT_NOT_FOUND,
      NOT_COMPARABLE: { status: 422, data: z.object({ reason: z.string() }) },
    })
    .output(Exported),
}
