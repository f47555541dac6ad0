import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CompiledPolicy } from '@shared/scan-report/apply-policy'
import type { Fact } from '@shared/scan-report/fact'
import { compileRules } from '@shared/scan-report/match'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Child, ChildEnding, Platform } from '../../../electron/core/platform'
import { openScanCache } from '../../../electron/core/scan/cache'
import type { FileTask, ToChild } from '../../../electron/core/scan/protocol'
import { runScan, type ScanObserver, type ScanRequest } from '../../../electron/core/scan/run-scan'
import { createScanProgress } from '../../../electron/core/scan/scan-progress'
import { createWorkerBudget } from '../../../electron/core/scan/worker-budget'
import { FILE_SECRETS } from '../../../electron/core/secrets'
import { fact, pack, rule } from '../../fixtures/facts'
import { LIMITS } from '../../fixtures/limits'

const rules = compileRules('v', [pack([rule('test.call', { kinds: ['call'], names: ['a.b'] })])])
const policy: CompiledPolicy = {
  stamp: { name: 'Test', profile: 'balanced', digest: '0' },
  expired: 0,
  severityOf: ({ severity }) => severity,
  judge: (_, all) => ({ findings: [...all], ignored: [] }),
}
const STAT = { dev: '1', ino: '2', mtimeNs: '1000000001', ctimeNs: '1000000001' }
const NOW_MS = 1_700_000_000_000
const sha = (id: number) => String(id).padStart(64, '0')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-scan-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

type Say = (message: object) => void
const file = (name: string) => ({ path: name, absolutePath: `/m/${name}`, bytes: 10, stat: STAT })

/** What a child says to a task; the host knows it from its messages only. */
function platformOf(answer: (say: Say, task: FileTask) => void, files: object[]): Platform {
  const launch = (): Promise<Child> => {
    let listener: (message: unknown) => void = () => {}
    const exits: ((ending: ChildEnding) => void)[] = []
    const say: Say = (message) => void setImmediate(() => listener(message))
    return Promise.resolve({
      process: {} as ChildProcess,
      onMessage: (next) => {
        listener = next
      },
      onExit: (next) => void exits.push(next),
      async kill() {
        for (const exit of exits.splice(0))
          exit({ kind: 'killed', sentence: 'it was stopped', signal: null })
      },
      send(message) {
        const asked = message as ToChild
        if (asked.type === 'walk') {
          say({ type: 'entries', entries: files })
          say({ type: 'walked', notes: [], unreadable: [] })
        } else for (const task of asked.tasks) answer(say, task)
      },
    })
  }
  return {
    host: 'command-line',
    user: 'tester',
    paths: { data: folder, resources: folder, children: folder, verifier: '' },
    roots: [],
    now: () => new Date(NOW_MS),
    monotonic: () => performance.now(),
    randomId: () => '0',
    secrets: FILE_SECRETS,
    launch,
    launchConfined: () => Promise.reject(new Error('A scan confines nothing.')),
    childBuild: () => 'build',
    shippedTemplate: () => undefined,
    log: () => {},
  }
}
const scanned = (id: number, facts: Fact[] = []) => ({
  type: 'scanned',
  id,
  format: 'text',
  bytes: 10,
  sha256: sha(id),
  stat: STAT,
  status: 'complete',
  reason: null,
  repeatable: true,
  facts,
})
const request = (more: Partial<ScanRequest> = {}): ScanRequest => ({
  roots: [{ path: '/m', label: 'm' }],
  notes: [],
  limits: LIMITS,
  budget: createWorkerBudget(() => 1),
  hash: true,
  policy,
  signal: new AbortController().signal,
  ...more,
})
const silent: ScanObserver = { listed() {}, reading() {}, progress() {}, file() {} }
const cacheOf = (platform: Platform) =>
  openScanCache({ platform, dataFolder: folder, limitBytes: () => 16 * 1024 ** 2 })
/** So many that judging them takes several turns of the event loop. */
const many = Array.from({ length: 80 }, (_, part) =>
  Array.from({ length: 60 }, (_, index) =>
    fact('call', 'a.b', { evidence: `${part * 60 + index}${'x'.repeat(100)}` }),
  ),
)
const sayMany = (say: Say, id: number) => {
  say({ type: 'started', id })
  for (const facts of many) say({ type: 'facts', id, facts })
  say(scanned(id))
}

test('a scan that is cancelled while the last file is judged has no report', async () => {
  const abort = new AbortController()
  const platform = platformOf((say, task) => sayMany(say, task.id), [{ root: 0, ...file('a') }])
  const cancelling: CompiledPolicy = {
    ...policy,
    judge(_, all) {
      abort.abort()
      return { findings: [...all], ignored: [] }
    },
  }
  await expect(
    runScan(platform, () => rules, request({ signal: abort.signal, policy: cancelling }), silent),
  ).rejects.toThrow('cancelled')
})

test('what a child said of a file that is still judged is forgotten with the child', async () => {
  const platform = platformOf(
    (say, task) => {
      if (task.displayPath === 'b') say({ type: 'nonsense' })
      else sayMany(say, task.id)
    },
    ['a', 'b'].map((name) => ({ root: 0, ...file(name) })),
  )
  const cache = cacheOf(platform)
  await runScan(platform, () => rules, request({ cache }), silent)
  const known = await cache.session(LIMITS)?.byStat({ ...file('a'), hint: 'a' }, STAT)
  cache.close()
  expect(known).toBeUndefined()
})

test('a hash that a child told is believed no more when the child is not', async () => {
  const clean = platformOf((say, task) => say(scanned(task.id)), [])
  const cache = cacheOf(clean)
  const session = cache.session(LIMITS)
  const { type: _, id: __, ...result } = { ...scanned(7), facts: [] }
  session?.put(
    { ...file('x'), hint: 'a' },
    { ...result, status: 'complete', sha256: sha(7) },
    NOW_MS,
  )
  await session?.end(true)
  const platform = platformOf(
    (say, task) => {
      if (task.displayPath === 'b') say({ type: 'nonsense' })
      else say({ type: 'hashed', id: task.id, sha256: sha(7), bytes: 10, stat: STAT })
    },
    ['a', 'b'].map((name) => ({ root: 0, ...file(name) })),
  )
  await runScan(platform, () => rules, request({ cache }), silent)
  const known = await cache.session(LIMITS)?.byStat({ ...file('a'), hint: 'a' }, STAT)
  cache.close()
  expect(known).toBeUndefined()
})

test('after a pause a file is not known by the state in which it was listed', async () => {
  const platform = platformOf(
    (say, task) => {
      if (task.hashOnly) say({ type: 'hashed', id: task.id, sha256: sha(1), bytes: 10, stat: STAT })
      else {
        say({ type: 'started', id: task.id })
        say(scanned(task.id, [fact('call', 'a.b')]))
      }
    },
    [{ root: 0, ...file('a') }],
  )
  const cache = cacheOf(platform)
  // Another scan read the file, while this one was paused and before the file changed.
  const session = cache.session(LIMITS)
  const { type: _, id: __, ...result } = { ...scanned(9), facts: [] }
  session?.put({ ...file('a'), hint: 'a' }, { ...result, status: 'complete' }, NOW_MS)
  await session?.end(true)
  const progress = createScanProgress(new Date(0))
  progress.walked = { entries: [{ root: 0, ...file('a') }], notes: [], unreadable: [] }
  const { report } = await runScan(platform, () => rules, request({ cache, progress }), silent)
  cache.close()
  expect(report.files[0]?.findings).toHaveLength(1)
})

test('a scan that is held back reads nothing, and goes on when it is let go', async () => {
  const read: string[] = []
  const platform = platformOf(
    (say, task) => {
      read.push(task.displayPath)
      say({ type: 'started', id: task.id })
      say(scanned(task.id))
    },
    ['a', 'b'].map((name) => ({ root: 0, ...file(name) })),
  )
  const budget = createWorkerBudget(() => 1)
  const release = budget.hold()
  const listed = Promise.withResolvers<void>()
  const scanning = runScan(platform, () => rules, request({ budget }), {
    ...silent,
    listed: () => listed.resolve(),
  })
  await listed.promise
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(read).toEqual([])
  release()
  const { report } = await scanning
  expect([report.files.length, read]).toEqual([2, ['a', 'b']])
})
test('a scan that is held back can be cancelled', async () => {
  const platform = platformOf(() => {}, [{ root: 0, ...file('a') }])
  const budget = createWorkerBudget(() => 1)
  budget.hold()
  const abort = new AbortController()
  const scanning = runScan(platform, () => rules, request({ budget, signal: abort.signal }), {
    ...silent,
    listed: () => setImmediate(() => abort.abort()),
  })
  await expect(scanning).rejects.toThrow('cancelled')
})
