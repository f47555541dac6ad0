// `npm run eval:source`: the labelled deliveries, and plain and minified files of node_modules as
// honest code. Prints what was missed and every false alarm; exit 1 below the bar of the project.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ScanReport } from '@shared/scan-report/report'
import { sourceSamples } from '../fixtures/source-evaluation'
import { isAlarm, judgeSources, writeSources } from '../fixtures/source-evaluation/judge'

const { values } = parseArgs({ options: { honest: { type: 'string', default: '40' } } })
const root = resolve(import.meta.dirname, '../..')

function scan(folder: string): ScanReport {
  const cli = join(root, 'out/main/cli.js')
  const options = ['scan', folder, '--format', 'json', '--no-save', '--no-hash', '--no-cache']
  const run = spawnSync(process.execPath, [cli, ...options, '--data-dir', data], {
    maxBuffer: 1 << 30,
  })
  return ScanReport.parse(JSON.parse(run.stdout.toString()))
}

/** Files below `folder`, in an order that depends on their names only. */
function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (entry.isFile()) yield path
  }
}

/** `count` files spread evenly over all that match. */
function spread(files: string[], count: number): string[] {
  const step = Math.max(1, files.length / count)
  return Array.from(
    { length: Math.min(count, files.length) },
    (_, index) => files[Math.floor(index * step)],
  ).filter((file) => file !== undefined)
}

function honestFiles(count: number) {
  const all = [...filesBelow(join(root, 'node_modules'))].filter((path) =>
    /\.[cm]?[jt]sx?$/.test(path),
  )
  const sized = all.filter((path) => statSync(path).size > 500)
  const isMinified = (path: string) => /\.min\.[cm]?js$|\/umd\/|\.production\./.test(path)
  return {
    minified: spread(sized.filter(isMinified), count),
    plain: spread(
      sized.filter((path) => !isMinified(path) && !path.endsWith('.d.ts')),
      count,
    ),
  }
}

// Nobody's settings and policies have a part in it.
const data = mkdtempSync(join(tmpdir(), 'eval-data-'))
const folder = mkdtempSync(join(tmpdir(), 'eval-source-'))
try {
  const samples = sourceSamples()
  writeSources(samples, folder)
  const verdicts = judgeSources(samples, scan(folder).files)
  const malicious = verdicts.filter(({ sample }) => sample.expect === 'malicious')
  const benign = verdicts.filter(({ sample }) => sample.expect === 'benign')
  for (const { sample } of malicious.filter((verdict) => !verdict.flagged))
    console.log(`missed: ${sample.family} / ${sample.name}`)
  for (const { sample, rules } of benign.filter((verdict) => verdict.flagged))
    console.log(`false alarm: ${sample.family} / ${sample.name}: ${rules.join(', ')}`)
  for (const { unread } of verdicts) for (const reason of unread) console.log(`not read: ${reason}`)

  let falseAlarms = benign.filter((verdict) => verdict.flagged).length
  let honest = benign.length
  for (const [kind, files] of Object.entries(honestFiles(Number(values.honest)))) {
    const place = join(folder, `honest-${kind}`)
    mkdirSync(place)
    files.forEach((file, index) => {
      copyFileSync(file, join(place, `${index}-${file.split('/').at(-1)}`))
    })
    const flagged = scan(place).files.filter((file) => file.findings.some(isAlarm))
    for (const file of flagged)
      console.log(
        `false alarm: ${kind} ${file.path}: ${file.findings
          .filter(isAlarm)
          .map((f) => `${f.ruleId} ${f.evidence.slice(0, 90)}`)
          .join(' | ')}`,
      )
    console.log(`${kind}: ${flagged.length} of ${files.length} at medium or above`)
    falseAlarms += flagged.length
    honest += files.length
  }
  const found = malicious.filter((verdict) => verdict.flagged).length
  const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`
  console.log(
    `\n${malicious.length} malicious: ${found} found (${share(found, malicious.length)}). ` +
      `${honest} honest: ${falseAlarms} at medium or above (${share(falseAlarms, honest)}).`,
  )
  process.exitCode = found / malicious.length >= 0.9 && falseAlarms / honest <= 0.03 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true })
  rmSync(data, { recursive: true })
}
