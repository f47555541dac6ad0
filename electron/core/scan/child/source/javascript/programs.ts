import { callBack } from './callback'
import { BARE_SHELL, commandThreats, HOST_COMMAND } from './commands'
import type { Machine } from './machine'
import { isHarmful } from './network'
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
  textOf,
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
      for (const name of ['cmd', 'file', 'exec', 'args', 'command']) {
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

/** Command lines that are remembered. */
const MOST_STARTED = 100

export function foundProcess(m: Machine, path: string, args: readonly Value[], at: Node): Value {
  const { text: whole, values } = commandOf(path, args)
  const text = whole.slice(0, LONGEST_COMMAND)
  if (whole.length > LONGEST_COMMAND || values.some(isCut)) m.limit('limit.source-command')
  for (const name of commandThreats(text)) m.see(name, at)
  let taints: Value['taints'] = []
  for (const value of values) taints = joinTaints(taints, deepTaints(value))
  const options = args.at(-1)?.shape?.properties
  const fixed = isFixedProgram(path, args, options)
  for (const one of taints)
    if (isCommandOrigin(one) && !(fixed && isClients(one)))
      reportFlow(m, one, 'process', at, 'starts a program with it')
  runsInline(m, values, at)
  const input = options?.get('input')
  if (input !== undefined && UPLOADER.test(text))
    for (const one of deepTaints(input))
      if (one.source === 'credentials' || one.source === 'environment')
        reportFlow(m, one, 'network', at, 'hands it to a program that sends')
  uploads(m, text, taints, at)
  ranDownload(m, text, args, at)
  if (m.started.length < MOST_STARTED) m.started.push(text.slice(0, 400))
  downloads(m, text, at)
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
  const result =
    BARE_SHELL.test(text.trim()) || READS_CODE.test(text.trim())
      ? '%shell'
      : UPLOADER.test(text)
        ? '%upload'
        : `${path}()`
  return pathValue(result, false, output)
}

/** A program by its name, its arguments as a list, and no shell: no argument becomes a command. */
function isFixedProgram(
  path: string,
  [first, second]: readonly Value[],
  options: ReadonlyMap<string, Value> | undefined,
): boolean {
  const name = first === undefined ? undefined : textOf(first)
  return (
    /(?:execFile|execFileSync|spawn|spawnSync|execa)$/.test(path) &&
    name !== undefined &&
    second?.shape?.items !== undefined &&
    options?.has('shell') !== true &&
    !INTERPRETER.test(name)
  )
}

/** Interpreters that run what comes in. */
const READS_CODE = /^(?:\S*\/)?(?:python[\d.]*|perl|ruby|node)(?: -)?$/
const INTERPRETER =
  /(?:^|[\\/])(?:(?:ba|z|da)?sh|cmd|powershell|pwsh|node|deno|bun|python\d?|perl|ruby|env|sudo|xargs)(?:\.exe)?$/i
/** What a client asks a server or a tool for; a server that answers so is another matter. */
const isClients = (one: Taint): boolean => one.what === 'request' || one.what === 'message'

/** `node -e CODE`: the words of the command line hold a program. */
function runsInline(m: Machine, values: readonly Value[], at: Node): void {
  const [program] = values
  if (program === undefined) return
  const isNode =
    program.path === 'process.execPath' ||
    /(?:^|[\\/])(?:node|bun|deno)(?:\.exe)?$/.test(textOf(program) ?? '')
  if (!isNode) return
  const option = values.findIndex((value) =>
    /^(?:-e|-p|-pe|--eval|--print|eval)$/.test(textOf(value) ?? ''),
  )
  const code = option === -1 ? undefined : values[option + 1]
  const text = code === undefined ? undefined : textOf(code)
  if (text !== undefined) m.runText(text, false, at)
}

/** Programs that send what they are given. */
const UPLOADER =
  /^(?:\S*[\\/])?(?:curl|wget|nc|ncat|netcat|scp|rsync|ftp|ping|nslookup|dig|host)(?:\.exe)?(?:\s|$)/
function uploads(m: Machine, text: string, taints: Value['taints'], at: Node): void {
  // A file that secrets were written to leaves by a program.
  if (/\bgit\s+(?:add|push|commit)\b|^(?:curl|wget|scp|rsync)\b/.test(text))
    for (const written of m.written)
      for (const one of written.taints)
        if (
          (one.source === 'credentials' || (one.source === 'environment' && one.what === '*')) &&
          written.key.length > 3 &&
          text.includes(written.key)
        )
          reportFlow(m, one, 'network', at, 'sends the file')
  if (!UPLOADER.test(text)) return
  const url = /(?:https?|ftp):\/\/[^\s'"]+/.exec(text)?.[0]
  const position = /\s(?:-H|--header|-u|--user)\s/.test(text) ? 'authentication' : 'body'
  for (const one of taints)
    if (
      one.source !== 'file' &&
      one.source !== 'decoded' &&
      isHarmful(one, position, url, false, '')
    )
      reportFlow(m, one, 'network', at, 'sends it')
}

const DOWNLOAD =
  /\b(?:curl|wget)\b[^;&|\n]{0,600}?\s(?:-o|-O|-\w*Lo|--output|--output-document|>)[\s=]*['"]?([^\s'";&|]{3,200})/g
/** Remembers the files that a command downloads. */
function downloads(m: Machine, text: string, at: Node): void {
  for (const match of text.matchAll(DOWNLOAD)) {
    const key = match[1] ?? ''
    if (/^https?:|^-/.test(key) || key.includes(HOLE)) continue
    m.written.push({
      key,
      start: at.start,
      end: at.end,
      taints: [taint('network', 'is downloaded', at)],
    })
  }
}

function isCommandOrigin(one: Taint): boolean {
  if (one.source === 'host') return false
  if (one.source === 'environment') return one.what !== '*'
  return one.source !== 'input' || one.what === 'message'
}

function outputOf(command: string, at: Node): readonly Taint[] {
  if (HOST_COMMAND.test(command)) return [taint('host', 'asks the system about the computer', at)]
  if (
    /^\s*(?:pbpaste|xclip\b.*-o|xsel\b.*-[bo]|wl-paste|powershell\S*\s.*get-clipboard)/i.test(
      command,
    )
  )
    return [taint('input', 'reads the clipboard', at, 'clipboard')]
  if (/^\s*(env|printenv|set)\s*$/.test(command))
    return [taint('environment', 'lists the environment', at)]
  if (/\b(cat|type|less|head|tail|strings)\b/.test(command) && CREDENTIAL_PATH.test(command))
    return [taint('credentials', 'reads a file with secrets', at, command)]
  if (
    /osascript[\s\S]*hidden answer|\b(find-generic-password|dump-keychain|secret-tool|cmdkey \/list|dpapi|npm config get .*auth|gh auth token|trufflehog|gitleaks|git config .*token)\b/i.test(
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
  // Neither is one that is unpacked, moved or checked.
  if (HANDLES.test(command) && !/[;&|]/.test(command)) return
  if (namesDownload(m, command, args, at)) m.see('threat.download-and-run', at)
}

const HANDLES =
  /^(?:tar|unzip|7z|7za|gunzip|gzip|ls|mv|cp|rm|shasum|sha\d+sum|md5sum|gpg|open|xdg-open|code|git|ditto|hdiutil)\s/

/** Whether a file that came from the network, or was decoded, is named by a text or its expression. */
export function namesDownload(m: Machine, text: string, args: readonly Value[], at: Node): boolean {
  const names = args.map((_, index) => sourceOf(m, at, index))
  return m.written.some((written) => {
    if (!written.taints.some((one) => one.source === 'network' || one.source === 'decoded'))
      return false
    if (written.key.length > 3 && text.includes(written.key)) return true
    return names.some(
      (name) =>
        name !== '' &&
        (name === written.key ||
          new RegExp(`(^|[^\\w.])${escaped(written.key)}($|[^\\w])`).test(name)),
    )
  })
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
