import { callBack } from './callback'
import { BARE_SHELL, commandThreats, HOST_COMMAND } from './commands'
import type { Machine } from './machine'
import type { Node } from './node'
import { reportFlow } from './report-flow'
import { CREDENTIAL_PATH } from './sources'
import {
  deepTaints,
  HOLE,
  hintOf,
  isCut,
  joinTaints,
  pathValue,
  type Taint,
  taint,
  taintedValue,
  UNKNOWN,
  type Value,
} from './value'

/** The command line of a call that starts a program, as one text. */
function commandOf(path: string, args: readonly Value[]): { text: string; values: Value[] } {
  const values: Value[] = []
  for (const [index, arg] of args.entries()) {
    if (arg.code !== undefined) continue
    if (arg.shape?.items !== undefined) {
      values.push(...arg.shape.items.slice(0, 64))
      if (!arg.shape.exact) values.push(taintedValue(arg.taints))
    } else if (arg.shape !== undefined) {
      for (const name of ['cmd', 'file', 'args', 'command']) {
        const part = arg.shape.properties.get(name)
        if (part?.shape?.items !== undefined) values.push(...part.shape.items.slice(0, 64))
        else if (part !== undefined && name !== 'args') values.push(part)
      }
    } else if (index < 2 || path.includes('spawn')) values.push(arg)
  }
  return {
    text: values.map((value) => hintOf(value) ?? HOLE).join(' '),
    values,
  }
}

/** Characters of a command line that are looked at; Windows takes 32,767, Linux more. */
const LONGEST_COMMAND = 1 << 15

export function foundProcess(m: Machine, path: string, args: readonly Value[], at: Node): Value {
  const { text: whole, values } = commandOf(path, args)
  const text = whole.slice(0, LONGEST_COMMAND)
  if (whole.length > LONGEST_COMMAND || values.some(isCut)) m.limit('limit.source-command')
  for (const name of commandThreats(text)) m.see(name, at)
  let taints: Value['taints'] = []
  for (const value of values) taints = joinTaints(taints, deepTaints(value))
  for (const one of taints)
    if (isCommandOrigin(one)) reportFlow(m, one, 'process', at, 'starts a program with it')
  ranDownload(m, text, args, at)
  const options = args.at(-1)?.shape?.properties
  const stdio = options?.get('stdio')
  if (
    BARE_SHELL.test(text.trim()) &&
    stdio !== undefined &&
    deepTaints(stdio).some((one) => one.source === 'network')
  )
    m.see('threat.reverse-shell', at)
  const output = outputOf(text, at)
  for (const arg of args)
    if (arg.code !== undefined) callBack(m, arg, [UNKNOWN, taintedValue(output), UNKNOWN], at)
  const shell = BARE_SHELL.test(text.trim()) ? 'shell' : ''
  return pathValue(shell === '' ? `${path}()` : '%shell', false, output)
}

function isCommandOrigin(one: Taint): boolean {
  if (one.source === 'host') return false
  if (one.source === 'environment') return one.what !== '*'
  return one.source !== 'input' || one.what === 'message'
}

function outputOf(command: string, at: Node): readonly Taint[] {
  if (HOST_COMMAND.test(command)) return [taint('host', 'asks the system about the computer', at)]
  if (/^\s*(env|printenv|set)\s*$/.test(command))
    return [taint('environment', 'lists the environment', at)]
  if (/\b(cat|type|less|head|tail|strings)\b/.test(command) && CREDENTIAL_PATH.test(command))
    return [taint('credentials', 'reads a file with secrets', at, command)]
  if (
    /\b(find-generic-password|dump-keychain|secret-tool|cmdkey \/list|dpapi|npm config get .*auth|gh auth token|git config .*token)\b/i.test(
      command,
    )
  )
    return [taint('credentials', 'asks for stored secrets', at, command)]
  return []
}

const CONVERTERS =
  /^(?:ffmpeg|ffprobe|magick|convert|identify|exiftool|sox|tesseract|pdftotext|pdftoppm|cwebp|pandoc)$/

/** A program that was downloaded or decoded by this source is started. */
export function ranDownload(m: Machine, command: string, args: readonly Value[], at: Node): void {
  // A file that such a program converts is not run by it.
  if (CONVERTERS.test(hintOf(args[0] ?? UNKNOWN) ?? '')) return
  const names = args.map((_, index) => sourceOf(m, at, index))
  for (const written of m.written) {
    if (!written.taints.some((one) => one.source === 'network' || one.source === 'decoded'))
      continue
    const byText = written.key.length > 3 && command.includes(written.key)
    const byName = names.some(
      (name) =>
        name !== '' &&
        (name === written.key ||
          new RegExp(`(^|[^\\w.])${escaped(written.key)}($|[^\\w])`).test(name)),
    )
    if (byText || byName) m.see('threat.download-and-run', at)
  }
}

const escaped = (text: string) => text.slice(0, 200).replace(/[^\w\s]/g, '\\$&')

/** The text of an argument: two uses of one variable are one place. */
export function sourceOf(m: Machine, at: Node, index: number): string {
  if (at.type !== 'CallExpression' && at.type !== 'NewExpression') return ''
  const argument = at.arguments[index]
  return argument === undefined
    ? ''
    : m.text.slice(argument.start, Math.min(argument.end, argument.start + 400))
}
