import type { Machine, Mark } from './machine'
import type { Node } from './tree'

/** Programs and names that only an analysis has. */
const SANDBOX =
  /vmware|virtualbox|vboxservice|vboxguest|vmtoolsd|qemu|wireshark|procmon|x64dbg|ollydbg|ida64|processhacker|fiddler|cuckoo|sandbox(ie)?|joebox|IsDebuggerPresent|CheckRemoteDebuggerPresent|sys\.gettrace\(\)|hypervisor|TracerPid/i
const MOMENT =
  /\b(datetime\.(now|today|utcnow)\(|date\.today\(|time\.time\()[^:]*[<>]=?|[<>]=?[^:]*\b(datetime\.(now|today|utcnow)\(|date\.today\(|time\.time\()/
const DATE = /\b(date|datetime)\(\s*20\d\d\s*,|['"]20\d\d-\d\d|\b1[6-9]\d{8}\b|strptime\(/

/**
 * Runs the body of an `if` and looks at what it does under which condition: a program that does
 * something serious only after a date, or that stops when it is watched.
 */
export function watchTest(
  machine: Machine,
  tests: readonly Node[],
  body: Node,
  run: () => void,
): void {
  const { marks } = machine.notes
  const about = tests
    .map((test) => machine.text.slice(test.from, Math.min(test.to, test.from + 500)))
    .join(' ')
  const isMoment = MOMENT.test(about) && DATE.test(about)
  const isSandbox = SANDBOX.test(about)
  if (!isMoment && !isSandbox) {
    run()
    return
  }
  const before = new Set(marks)
  const serious: readonly Mark[] = ['process', 'eval', 'decoded', 'serious']
  for (const mark of serious) marks.delete(mark)
  run()
  const acts = serious.some((mark) => marks.has(mark))
  for (const mark of before) marks.add(mark)
  const [test = body] = tests
  if (isMoment && acts)
    machine.report({
      name: 'threat.anti-analysis',
      node: test,
      detail: { how: 'acts only after a date' },
    })
  if (!isSandbox) return
  const stops = /\b(sys\.exit|os\._exit|exit|quit|return|raise SystemExit)\b/.test(
    machine.text.slice(body.from, body.to),
  )
  const seen = {
    name: 'threat.anti-analysis' as const,
    node: test,
    detail: { how: 'looks for a sandbox or a debugger' },
  }
  if (acts) machine.report(seen)
  else if (stops) machine.notes.pending.push({ mark: 'serious', seen })
}
