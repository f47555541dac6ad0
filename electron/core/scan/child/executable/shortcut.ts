import { printable } from '../archive/entry-name'
import { readBytes } from '../byte-source'
import { COMPLETE, inconclusive, type ParseContext, type Parser } from '../context'
import { readableToTheEnd } from '../text/text'
import { headerOf } from './program'

/** Longest shortcut that is read; real ones have a few kilobytes. */
const MOST_BYTES = 256 * 1024
/** Programs that run what their arguments say. */
const INTERPRETER =
  /(^|[\s/\\"'=])(powershell|pwsh|cmd|mshta|wscript|cscript|rundll32|regsvr32|certutil|bitsadmin|msiexec|forfiles|conhost|curl|wget|bash|sh|zsh|dash|python[\d.]*|perl|ruby|node|osascript|nc|ncat)(\.exe)?["']?\s+\S/i

const HAS_IDS = 0x1
const HAS_INFO = 0x2
const UNICODE = 0x80
/** Strings behind the header in their order: name, relative path, working folder, arguments, icon. */
const STRINGS = [0x4, 0x8, 0x10, 0x20, 0x40]
const NAME = 0
const WORKING_FOLDER = 2
const ICON = 4

/** A Windows shortcut (MS-SHLLINK 2): what it starts, and with which arguments. */
export const parseWindowsShortcut: Parser = (source, context) => {
  const bytes = readBytes(source, 0, MOST_BYTES)
  const { u16, u32 } = headerOf(bytes)
  const flags = u32(20)
  let at = 76
  let target = ''
  if ((flags & HAS_IDS) !== 0) at += 2 + u16(at)
  if ((flags & HAS_INFO) !== 0) {
    target = localPath(bytes, at)
    at += Math.max(4, u32(at))
  }
  const strings: string[] = []
  const width = (flags & UNICODE) === 0 ? 1 : 2
  for (const flag of STRINGS) {
    const length = (flags & flag) === 0 ? -2 : u16(at) * width
    if (length >= 0)
      strings.push(bytes.toString(width === 2 ? 'utf16le' : 'latin1', at + 2, at + 2 + length))
    else strings.push('')
    at += 2 + length
  }
  const command = [target, ...strings.filter((_, index) => !NOT_COMMAND.has(index))]
    .filter((part) => part !== '')
    .join(' ')
  noteLauncher(context, 'windows-shortcut', command === '' ? 'an unknown target' : command, 0)
  return inconclusive('It is a Windows shortcut; only its target and arguments were read.')
}

const NOT_COMMAND = new Set([NAME, WORKING_FOLDER, ICON])

/** LocalBasePath of the LinkInfo structure at `at`. */
function localPath(bytes: Buffer, at: number): string {
  const { u32 } = headerOf(bytes)
  const offset = u32(at + 16)
  if (offset === 0 || (u32(at + 8) & 1) === 0) return ''
  const start = at + offset
  const end = bytes.indexOf(0, start)
  return bytes.toString('latin1', start, end === -1 ? start : Math.min(end, start + 1024))
}

/** A launcher of Linux desktops, or an internet shortcut of Windows: lines of key=value. */
export const parseTextShortcut: Parser = (source, context) => {
  const text = readBytes(source, 0, MOST_BYTES).toString('utf8')
  const desktop = text.includes('[Desktop Entry]')
  for (const match of text.matchAll(
    /^[ \t]*(Exec|TryExec|URL|IconFile)(?:\[[^\]]*\])?[ \t]*=[ \t]*(.+)$/gim,
  )) {
    const [, key = '', value = ''] = match
    const isWeb = /^https?:\/\//i.test(value)
    if (/exec/i.test(key) && desktop) noteLauncher(context, 'desktop-entry', value, match.index)
    else if (!/exec/i.test(key) && !isWeb && /^(file:|[/\\]{2}|[a-z]:)/i.test(value.trim()))
      noteLauncher(context, 'internet-shortcut', value, match.index)
  }
  const outcome = readableToTheEnd(source, context)
  return source.size > MOST_BYTES && outcome === COMPLETE
    ? inconclusive(`It is a shortcut of more than ${MOST_BYTES} bytes.`)
    : outcome
}

function noteLauncher(context: ParseContext, kind: string, command: string, offset: number): void {
  context.add({
    kind: 'content',
    name: `${INTERPRETER.test(command) ? 'launcher-command' : 'launcher'}.${kind}`,
    location: { offset },
    evidence: printable(command.trim().slice(0, 400)),
  })
}
