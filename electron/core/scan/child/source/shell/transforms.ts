import type { Call, Machine, Program } from './machine'
import { addressOf } from './places'
import { joinValues, NOTHING, UNKNOWN, type Value, withText } from './stream'
import { unescapeAnsi } from './words'

/** Files that are named, or the input when there are none. */
function contents({ args, input }: Call, machine: Machine): Value {
  // A number behind an option is its value: `base64 -w 0`.
  const files = args.filter(
    ({ text }, index) =>
      !/^-\w|^--/.test(text) && !(/^\d+$/.test(text) && /^-\w$/.test(args[index - 1]?.text ?? '')),
  )
  if (files.length === 0) return input
  return joinValues(files.map((file) => fileOf(file, input, machine)))
}

export function fileOf(file: Value, input: Value, machine: Machine): Value {
  if (file.text === '-') return input
  // A process substitution is the text itself.
  if (file.origins.size > 0) return file
  return file.text === '' ? UNKNOWN : machine.readFile(file.text.replace(/^\.\//, ''))
}

/** Words that one printf formats. */
const MOST_WORDS = 256
const pass: Program = contents
const has = (call: Call, option: RegExp): boolean => call.args.some(({ text }) => option.test(text))
/** Base64 of a payload; what `base64 -d` makes of other text is not followed. */
const fromBase64 = (text: string): string => Buffer.from(text, 'base64').toString('latin1')

function decoded(value: Value, decode: ((text: string) => string) | undefined): Value {
  return withText(
    value,
    decode !== undefined && value.known ? decode(value.text) : undefined,
    'decoded',
  )
}

const base64: Program = (call, machine) => {
  const value = contents(call, machine)
  if (has(call, /^-\w*[dD]$|^--decode$/)) return decoded(value, fromBase64)
  return encoded(value)
}

/** A secret that is written in another way is meant to pass unseen. */
const encoded = (value: Value): Value =>
  value.unknown.some((name) => SECRET_NAME.test(name))
    ? withText(value, undefined, 'environment')
    : withText(value, undefined)
const SECRET_NAME = /SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|CREDENTIAL|PRIVATE_KEY|^secrets_/i

const unpack: Program = (call, machine) => decoded(contents(call, machine), undefined)
/** Packs, or with -d unpacks. */
const packer: Program = (call, machine) =>
  has(call, /^-\w*d|^--decompress$/)
    ? unpack(call, machine)
    : withText(contents(call, machine), undefined)
/** `zip out files…`: what goes in comes out under another name. */
const archive: Program = (call, machine) => {
  const [target, ...files] = call.args.filter(({ text }) => !/^-|^[au]$/.test(text))
  const packed = joinValues(
    files.map((file) => withText(machine.readFile(pathText(file)), undefined)),
  )
  if (target !== undefined && target.text !== '-') machine.write(target, packed, call.command)
  return packed
}

export const TRANSFORMS: Readonly<Record<string, Program>> = {
  cat: pass,
  head: pass,
  tail: pass,
  sort: pass,
  uniq: pass,
  tac: pass,
  grep: ({ input }) => withText(input, undefined),
  sed: ({ input }) => withText(input, undefined),
  awk: ({ args, input, command }, machine) => {
    if (args.some(({ text }) => /\/inet\/(tcp|udp)\//.test(text)))
      machine.report('threat.reverse-shell', command)
    return withText(input, undefined)
  },
  cut: ({ input }) => withText(input, undefined),
  jq: ({ input }) => withText(input, undefined),
  tee: (call, machine) => {
    for (const file of call.args)
      if (!file.text.startsWith('-')) machine.write(file, call.input, call.command)
    return call.input
  },
  tr: ({ args, input }) =>
    withText(
      input,
      input.known ? translate(input.text, args) : undefined,
      isRotation(args) ? 'decoded' : undefined,
    ),
  rev: ({ input }) =>
    decoded(input, (text) =>
      text
        .split('\n')
        .map((line) => [...line].reverse().join(''))
        .join('\n'),
    ),
  echo: ({ args }) => {
    const plain = args.findIndex(({ text }) => !/^-[neE]+$/.test(text))
    if (plain === -1) return NOTHING
    const line = joinValues(args.slice(plain), ' ')
    const escapes = args.slice(0, plain).some(({ text }) => text.includes('e'))
    return escapes ? withText(line, unescapeAnsi(line.text)) : line
  },
  printf: ({ args: [format, ...rest] }) => {
    if (format === undefined) return NOTHING
    const raw = unescapeAnsi(format.text)
    const unescaped = withText(
      format,
      raw,
      raw.length * 3 <= format.text.length ? 'decoded' : undefined,
    )
    if (rest.length === 0 || rest.length > MOST_WORDS) return unescaped
    if (!/%[sb]/.test(format.text))
      return joinValues([unescaped, ...rest].map((value) => withText(value, undefined)))
    const line = joinValues(rest)
    return withText(
      line,
      line.known ? rest.map(({ text }) => raw.replace(/%[sb]/, () => text)).join('') : undefined,
    )
  },
  base64,
  base32: unpack,
  xxd: (call, machine) => {
    const value = contents(call, machine)
    if (!has(call, /^-\w*r/)) return encoded(value)
    return decoded(
      value,
      has(call, /p/)
        ? (text) => Buffer.from(text.replace(/[^0-9a-f]/gi, ''), 'hex').toString('latin1')
        : undefined,
    )
  },
  openssl: (call, machine) => {
    const [first] = call.args
    if (first?.text === 's_client') {
      const at = call.args.findIndex(({ text }) => text === '-connect')
      const address = addressOf(call.args[at + 1]?.text ?? '')
      if (call.fed && address !== undefined) machine.send(call.input, [address], call.command)
      return UNKNOWN
    }
    if (!/^(enc|base64|aes-|des)/.test(first?.text ?? '')) return UNKNOWN
    // What is encrypted is still what it was.
    if (!has(call, /^-(d|D)$/)) return encoded(call.input)
    const at = call.args.findIndex(({ text }) => text === '-in')
    const file = call.args[at + 1]
    const value = at === -1 || file === undefined ? call.input : fileOf(file, call.input, machine)
    const onlyBase64 =
      /^base64$/.test(first?.text ?? '') ||
      (has(call, /^-(base64|a)$/) && !has(call, /^-aes|^-des/))
    return decoded(value, onlyBase64 ? fromBase64 : undefined)
  },
  uudecode: unpack,
  cp: copy,
  mv: copy,
  install: copy,
  ln: copy,
  gunzip: unpack,
  zcat: unpack,
  xzcat: unpack,
  bzcat: unpack,
  zstdcat: unpack,
  bunzip2: unpack,
  unxz: unpack,
  gzip: packer,
  xz: packer,
  bzip2: packer,
  zstd: packer,
  lz4: packer,
  zip: archive,
  '7z': archive,
  rar: archive,
  age: pass,
  tar: (call, machine) => {
    // Only what is packed matters: the origin of the files that go into the archive.
    if (!/^-?\w*c/.test(call.args[0]?.text ?? '')) return call.input
    const files = call.args.slice(1).filter(({ text }) => /[/~.]/.test(text))
    const packed = joinValues(
      files.map((file) => withText(machine.readFile(pathText(file)), undefined)),
    )
    const at = call.args.findIndex(({ text }) => /^-?\w*f$/.test(text))
    const target = call.args[at + 1]
    if (at !== -1 && target !== undefined && target.text !== '-')
      machine.write(target, packed, call.command)
    return packed
  },
}

/** The last word is where the others go; only what was loaded or decoded is followed. */
function copy(call: Call, machine: Machine): Value {
  const files = call.args.filter(({ text }) => !text.startsWith('-'))
  const target = files.pop()
  for (const file of files) {
    const value = machine.readFile(pathText(file))
    const { origins } = value
    const matters = origins.has('network') || origins.has('decoded') || origins.has('credentials')
    if (target !== undefined && matters) machine.write(target, value, call.command)
  }
  return NOTHING
}

/** A path with what is unknown at its front taken as the home folder: `$HOME/.ssh`. */
export const pathText = (value: Value): string =>
  (value.unknown[0] === 'HOME' && value.text.startsWith('/')
    ? `~${value.text}`
    : value.text
  ).replace(/^\.\//, '')

const isRotation = (args: readonly Value[]): boolean =>
  args.some(({ text }) => /^['"]?\[?[A-Z]-[A-Z]/i.test(text)) &&
  args.length === 2 &&
  /[n-z]-/i.test(args[1]?.text ?? '') &&
  !/^\[?[a-z]-z\]?$/i.test(args[1]?.text ?? '')

/** tr with two sets of the same length, or -d. */
function translate(text: string, [from, to]: readonly Value[]): string | undefined {
  if (from === undefined || to === undefined) return undefined
  if (from.text === '-d')
    return [...text].filter((char) => !expandSet(to.text).includes(char)).join('')
  if (from.text.startsWith('-') || text.length > 65_536) return undefined
  const [left, right] = [expandSet(from.text), expandSet(to.text)]
  return [...text]
    .map((char) => {
      const at = left.indexOf(char)
      return at === -1 ? char : (right[Math.min(at, right.length - 1)] ?? char)
    })
    .join('')
}

function expandSet(set: string): string {
  const named = set
    .replace('[:lower:]', 'a-z')
    .replace('[:upper:]', 'A-Z')
    .replace(/^\[(.*)\]$/, '$1')
  return unescapeAnsi(named).replace(
    /([\x20-\x7e])-([\x20-\x7e])/g,
    (whole, first: string, last: string) => {
      const [low, high] = [first.charCodeAt(0), last.charCodeAt(0)]
      if (low > high) return whole
      return String.fromCharCode(
        ...Array.from({ length: high - low + 1 }, (_, index) => low + index),
      )
    },
  )
}
