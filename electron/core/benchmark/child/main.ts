import type { ToBenchmarkChild } from '../protocol'
import { failureOf } from './failure'
import { checkPlan, runPlan } from './run-plan'
import { say } from './say'
import { tryCore } from './try-core'

/**
 * The benchmark child: one plan, one model, one answer. Data, model and timing loop are all in here,
 * so that nothing crosses a process border while the clock runs.
 */
const bornMs = performance.now()
const LINGER_MS = 2000

// Engines print; stdout belongs to the answer.
console.log = console.error
console.info = console.error

let rest = ''
process.stdin.setEncoding('utf8')
process.stdin.on('end', () => process.exit(0))
process.stdin.on('data', (text: string) => {
  rest += text
  const end = rest.indexOf('\n')
  if (end < 0) return
  process.stdin.removeAllListeners('data')
  void obey(rest.slice(0, end))
})

async function obey(line: string): Promise<void> {
  try {
    const order = JSON.parse(line) as ToBenchmarkChild
    if (order.type === 'try-core') say({ type: 'core', passNs: tryCore() })
    else if (order.type === 'check') say(await checkPlan(order.plan, bornMs, say))
    else say(await runPlan(order.plan, bornMs, say))
  } catch (error) {
    const failure = failureOf(error, 'while the launch ran')
    say({ type: 'failed', kind: failure.kind, sentence: failure.message.slice(0, 4000) })
  }
  // Not process.exit() at once: a native engine that cannot end cleanly is a finding of its own. One
  // that only waits for something is not.
  process.stdin.destroy()
  setTimeout(() => process.exit(0), LINGER_MS).unref()
}
