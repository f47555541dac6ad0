import type { Accuracy, Prediction } from '@shared/benchmark/accuracy'
import type { QuietReading } from '@shared/benchmark/environment'
import type { Launch } from '@shared/benchmark/launch'
import type { RunRow } from '@shared/contract/benchmark'
import type { Db } from '../database/open'
import { exclusively, settled } from '../database/transaction'
import type { NetworkIsolation } from '../platform'
import { RunSpec } from './spec'

/** Rows of one transaction between two turns of the event loop: about 5 ms of SQLite. */
const BATCH = 500

export type RunState = RunRow['state']

export interface StoredRun {
  id: string
  spec: RunSpec
  state: RunState
  createdAt: Date
  owner: 'console' | 'command-line'
  process: number
}

/** What the host saw around a launch. */
interface Seen {
  /** Looks at the machine since the launch before. */
  quiet: QuietReading[]
  /** Null before it ran. */
  network: NetworkIsolation | null
  /** Of the model file: a run does not go on with another. */
  modelSha256: string
}

export interface RecordedLaunch extends Seen {
  launch: Launch
}

/** Everything of runs that are not over: the queue, and what is measured so far. */
export interface BenchmarkRuns {
  add(run: Pick<StoredRun, 'id' | 'spec' | 'createdAt' | 'owner'>): Promise<void>
  setState(id: string, state: RunState, message?: string): Promise<void>
  /** The same for a run that is stopped; one that had just come to its end stays done. */
  stop(id: string, state: RunState): Promise<void>
  /** Resolves when everything that was to be recorded is. */
  recorded(): Promise<void>
  /** Before it starts, as lost with its console; then again as what it became. */
  saveLaunch(id: string, recorded: RecordedLaunch, accuracy?: Accuracy): Promise<void>
  launches(id: string): RecordedLaunch[]
  accuracy(id: string, arm: number): Accuracy | undefined
  /** Runs that are not over, oldest first. */
  open(): StoredRun[]
}

export function createBenchmarkRuns(db: Db): BenchmarkRuns {
  const insert = db.prepare(
    `INSERT INTO benchmark_run (id, state, title, created_at, spec, owner, owner_process)
     VALUES (?, 'queued', ?, ?, ?, ?, ?)`,
  )
  const setState = db.prepare('UPDATE benchmark_run SET state = ?, message = ? WHERE id = ?')
  const stop = db.prepare(
    "UPDATE benchmark_run SET state = ?, message = NULL WHERE id = ? AND state IN ('queued', 'running')",
  )
  const upsertLaunch = db.prepare(
    `INSERT INTO benchmark_launch (run_id, idx, arm, block, ending, noisy, seen, body)
     VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (run_id, idx) DO UPDATE SET
       ending = excluded.ending, noisy = excluded.noisy, seen = excluded.seen, body = excluded.body`,
  )
  const insertAccuracy = db.prepare(
    'INSERT OR REPLACE INTO benchmark_accuracy (run_id, arm, body) VALUES (?,?,?)',
  )
  const insertPrediction = db.prepare(
    `INSERT OR REPLACE INTO benchmark_prediction (run_id, arm, item, correct, body)
     VALUES (?,?,?,?,?)`,
  )

  async function writeAccuracy(id: string, arm: number, accuracy: Accuracy): Promise<void> {
    const { predictions, ...head } = accuracy
    insertAccuracy.run(id, arm, JSON.stringify({ ...head, predictions: [] }))
    let written = 0
    for (const prediction of predictions) {
      const { item, correct } = prediction
      insertPrediction.run(
        id,
        arm,
        item,
        correct === null ? null : Number(correct),
        JSON.stringify(prediction),
      )
      if (++written % BATCH === 0) await new Promise((resolve) => setImmediate(resolve))
    }
  }

  return {
    add: ({ id, spec, createdAt, owner }) =>
      exclusively(db, () => {
        const at = createdAt.getTime()
        insert.run(id, spec.title, at, JSON.stringify(spec), owner, process.pid)
      }),
    setState: (id, state, message) =>
      exclusively(db, () => void setState.run(state, message ?? null, id)),
    stop: (id, state) => exclusively(db, () => void stop.run(state, id)),
    recorded: () => settled(db),
    saveLaunch: (id, { launch, ...seen }, accuracy) =>
      exclusively(db, async () => {
        upsertLaunch.run(
          id,
          launch.index,
          launch.arm,
          launch.block,
          launch.ending.kind,
          Number(launch.noisy),
          JSON.stringify(seen),
          JSON.stringify(launch),
        )
        if (accuracy !== undefined) await writeAccuracy(id, launch.arm, accuracy)
      }),
    // What is read here was validated when the child said it: a certified run has a million numbers.
    launches(id) {
      const rows = db
        .prepare('SELECT seen, body FROM benchmark_launch WHERE run_id = ? ORDER BY idx')
        .all(id) as { seen: string; body: string }[]
      return rows.map(({ seen, body }) => ({
        ...(JSON.parse(seen) as Seen),
        launch: JSON.parse(body) as Launch,
      }))
    },
    accuracy(id, arm) {
      const head = db
        .prepare('SELECT body FROM benchmark_accuracy WHERE run_id = ? AND arm = ?')
        .get(id, arm) as { body: string } | undefined
      if (head === undefined) return undefined
      const predictions = db
        .prepare('SELECT body FROM benchmark_prediction WHERE run_id = ? AND arm = ? ORDER BY item')
        .all(id, arm) as { body: string }[]
      return {
        ...(JSON.parse(head.body) as Accuracy),
        predictions: predictions.map(({ body }) => JSON.parse(body) as Prediction),
      }
    },
    open() {
      const rows = db
        .prepare(
          `SELECT id, state, created_at, spec, owner, owner_process FROM benchmark_run
           WHERE state IN ('queued', 'running', 'paused') ORDER BY created_at, id`,
        )
        .all() as OpenRow[]
      return rows.flatMap(({ created_at, owner_process, spec, ...row }) => {
        const parsed = RunSpec.safeParse(JSON.parse(spec))
        // Of another version of the console: it cannot be repeated, and nobody waits for it.
        if (!parsed.success) setState.run('interrupted', 'Another version began it.', row.id)
        return parsed.success
          ? { ...row, spec: parsed.data, createdAt: new Date(created_at), process: owner_process }
          : []
      })
    },
  }
}

interface OpenRow {
  id: string
  state: RunState
  created_at: number
  spec: string
  owner: StoredRun['owner']
  owner_process: number
}
