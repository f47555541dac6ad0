// One process of a fuzzing run: `fuzz-worker.ts FOLDER RUN_SEED FROM TO`. Prints the index of each case
// before it starts and a line of JSON after it, so that the parent knows what a hang was about.
import { ftruncateSync, openSync, writeSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { scanFile } from '../../electron/core/scan/child/scan-file'
import { loadSourceEngine } from '../../electron/core/scan/child/source-engine'
import type { ScanLimits } from '../../electron/core/scan/protocol'
import { loadRules } from '../../electron/core/scan/rules'
import { createCases } from './fuzz-cases'
import { judge } from './fuzz-oracles'

/** Small, so that every limit is met often. */
const LIMITS: ScanLimits = {
  fileSeconds: 2,
  heapMegabytes: 512,
  depth: 6,
  ratio: 200,
  unpackedBytes: 8 * 1024 * 1024,
  members: 2000,
  memoEntries: 200_000,
  facts: 2000,
  files: 1,
}

// A lazy chunk of the child; here it is simply there.
await loadSourceEngine()

const [folder = '.', ...numbers] = process.argv.slice(2)
const [runSeed = 0, from = 0, to = 0] = numbers.map(Number)
const rules = loadRules(resolve(import.meta.dirname, '../../resources/rules'))
const caseAt = createCases(runSeed)
const absolutePath = join(folder, 'case')
/** Overwritten, then cut: a file that is made anew for every case costs more than its scan. */
const descriptor = openSync(absolutePath, 'w')
const say = (line: string) => writeSync(1, `${line}\n`)

for (let index = from; index < to; index++) {
  const test = caseAt(index)
  say(String(index))
  writeSync(descriptor, test.bytes, 0, test.bytes.length, 0)
  ftruncateSync(descriptor, test.bytes.length)
  const started = performance.now()
  let line: Record<string, string | undefined>
  try {
    const result = scanFile(
      { id: index, absolutePath, displayPath: test.fileName },
      LIMITS,
      false,
      () => {},
    )
    const took = performance.now() - started
    const { verdict, broken } = judge(test, result, took, LIMITS.fileSeconds, rules)
    line = { outcome: `${result.status} ${verdict}`, broken }
  } catch (error) {
    line = { outcome: 'thrown', broken: `It threw: ${(error as Error).stack ?? String(error)}` }
  }
  say(JSON.stringify(line))
}
