// `npm run fuzz:scan [-- --count 100000 --seed 1]`: mutated files through the scanner's own code.
// Prints what became of them; a file that breaks a law is saved to test-results/fuzz, exit 1.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fuzz } from './fuzz-run'

const { values } = parseArgs({
  options: { count: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
})
const count = Number(values.count)
const result = await fuzz({
  count,
  seed: Number(values.seed),
  saveTo: resolve(import.meta.dirname, '../../test-results/fuzz'),
  progress(done) {
    if (process.stderr.isTTY && done % 1000 === 0) process.stderr.write(`\r${done} of ${count} `)
  },
})
if (process.stderr.isTTY) process.stderr.write('\r')
const { cases, seconds } = result
console.log(`${cases} files in ${seconds.toFixed(1)} s, ${(cases / seconds).toFixed(0)} a second`)
for (const [outcome, number] of Object.entries(result.outcomes).sort(([, a], [, b]) => b - a))
  console.log(`${String(number).padStart(9)}  ${outcome}`)
for (const { index, seedName, steps, broken, reproducer } of result.failures)
  console.log(`\ncase ${index}: ${seedName} (${steps.join(', ')})\n  ${broken}\n  ${reproducer}`)
process.exitCode = result.failures.length === 0 ? 0 : 1
