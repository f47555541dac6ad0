import { isCredentialPath } from '../places'
import type { Call, Machine, ShellObserver } from './machine'
import { parseScript } from './parse'
import { type Address, addressOf, isInstaller, startFileOf } from './places'
import { baseName } from './program-names'
import { programOf } from './programs'
import { createResolver } from './resolve'
import { createSigns } from './signs'
import { joinValues, NOTHING, originValue, UNKNOWN, type Value, withText } from './stream'
import { type Command, type Pipeline, type Redirect, ShellTooComplex } from './syntax'
import { windowsSightings } from './windows'

/** Texts that run texts that run texts. */
const DEEPEST = 6
/** Commands evaluated in one text, those of decoded texts included. */
const MOST_RUNS = 100_000
const MOST_CHARACTERS = 8 * 1024 * 1024
/** Commands that calls of the script's own functions may add; then their output is not known. */
const MOST_CALLED = 20_000
/** A start-up file that runs what anybody may write. */
const STARTS_FROM_TEMP =
  /(^|[\s="'])(\/tmp|\/var\/tmp|\/dev\/shm)\/|\b(python[\d.]*|(ba|z|da)?sh|nohup|node|perl|ruby)\s+(~|\$HOME|\$\{HOME\}|\/home\/\S+|\/root)\/\.\S/m
const WINDOWS =
  /^(powershell|pwsh|cmd|certutil|bitsadmin|mshta|regsvr32|rundll32|schtasks|reg|wmic|vssadmin|cscript|wscript|msiexec)$/

/** A path, also one below a folder that a single unknown variable names; undefined for others. */
function placeOf({ known, text, unknown, origins }: Value): string | undefined {
  if (known) return text
  const [name] = unknown
  return unknown.length === 1 && text.startsWith('/') && origins.size === 0
    ? `$${name}${text}`
    : undefined
}

const POSITIONS = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

interface State {
  variables: Map<string, Value>
  files: Map<string, Value>
  runs: number
  /** Characters read so far, those of nested texts as often as they run. */
  characters: number
  verified: boolean
  sockets: Set<string>
  functions: Map<string, readonly Pipeline[] | undefined>
  /** Functions that are running, and commands that calls of functions may still add. */
  calling: Set<string>
  callsLeft: number
}

/**
 * Follows a shell text from command to command, without running it. `files` are those that are there
 * before, and afterwards those that it wrote as well. Throws ShellTooComplex.
 */
export function interpretShell(
  text: string,
  observer: ShellObserver,
  files: Map<string, Value> = new Map(),
): void {
  const state: State = {
    variables: new Map(),
    files,
    runs: 0,
    characters: 0,
    verified: false,
    sockets: new Set(),
    functions: new Map(),
    calling: new Set(),
    callsLeft: MOST_CALLED,
  }
  interpretIn(text, state, 0, observer)
}

function interpretIn(text: string, state: State, level: number, observer: ShellObserver): Value {
  const { see } = observer
  /** Range of the pipeline that is running. */
  let pipe = { start: 0, end: 0 }
  const machine: Machine = {
    report(name, at, evidence) {
      // A command alone is no evidence: what it does it does with what is piped into it.
      const { start, end } = at.start >= pipe.start && at.end <= pipe.end ? pipe : at
      see({ name, start, end, ...(evidence !== undefined && { evidence }) })
    },
    runText(inner, at) {
      if (level >= DEEPEST) return UNKNOWN
      return interpretIn(inner, state, level + 1, {
        see: (sighting) =>
          see({
            name: sighting.name,
            start: at.start,
            end: at.end,
            evidence: sighting.evidence ?? inner.slice(sighting.start, sighting.end),
          }),
        file: (path) => observer.file?.(path),
        code: (language, code) => observer.code?.(language, code, at),
      })
    },
    runValue,
    runFile(path, at) {
      const content = state.files.get(placeOf(path) ?? path.text)
      if (placeOf(path) !== undefined && content?.origins.has('network'))
        reportDownload(content.addresses, at)
      else if (path.known && content?.known) machine.runText(content.text, at)
      else if (path.text !== '' && content === undefined) observer.file?.(path.text)
    },
    runCode: (language, code, at) => observer.code?.(language, code, at),
    send,
    write,
    readFile: (path) =>
      state.files.get(path) ?? originValue(isCredentialPath(path) ? 'credentials' : 'file'),
    verified: () => {
      state.verified = true
    },
    assign: (name, value) => void state.variables.set(name, value),
    call: (args, outer) => runWords(args, outer.command, outer.input, outer.fed),
  }
  const resolver = createResolver(state.variables, (body) => runAll(body, NOTHING, false))
  const signs = createSigns({
    text,
    resolver,
    sockets: state.sockets,
    report: (name, { start, end }, evidence) =>
      see({ name, start, end, ...(evidence !== undefined && { evidence }) }),
  })
  state.characters += text.length
  if (state.characters > MOST_CHARACTERS)
    throw new ShellTooComplex(`more than ${MOST_CHARACTERS} characters of nested texts`)
  return runAll(parseScript(text), NOTHING, false)

  function runAll(pipelines: readonly Pipeline[], input: Value, fed: boolean): Value {
    const outputs: Value[] = []
    for (const pipeline of pipelines) outputs.push(runPipeline(pipeline, input, fed))
    return joinValues(outputs)
  }

  function runPipeline({ commands }: Pipeline, input: Value, fed: boolean): Value {
    const outer = pipe
    pipe = { start: commands[0]?.start ?? 0, end: commands.at(-1)?.end ?? 0 }
    let value = input
    for (const [index, command] of commands.entries())
      value = runCommand(command, value, fed || index > 0)
    pipe = outer
    signs.lookForShellBetweenSockets(commands)
    return value
  }

  function runCommand(command: Command, piped: Value, fed: boolean): Value {
    if (++state.runs > MOST_RUNS) throw new ShellTooComplex(`more than ${MOST_RUNS} commands`)
    if (state.calling.size > 0) state.callsLeft--
    let input = piped
    let isFed = fed
    for (const redirect of command.redirects)
      if (
        redirect.operator.startsWith('<') &&
        redirect.operator !== '<&' &&
        redirect.operator !== '<>'
      ) {
        input = inputOf(redirect)
        isFed = true
      }
    signs.lookForSockets(command)
    let output: Value
    if (command.body !== undefined) {
      if (command.defines !== undefined)
        signs.lookForForkBomb(command, command.defines, command.body)
      output = runAll(command.body, input, isFed)
      if (command.defines !== undefined) {
        // The places of a body are those of this text; a call in another one does not follow it.
        state.functions.set(command.defines, level === 0 ? command.body : undefined)
        output = NOTHING
      }
    } else output = runSimple(command, input, isFed)
    const written = command.redirects.filter(
      (redirect) => /^(&?>>?|>\|)$/.test(redirect.operator) && redirect.descriptor !== '2',
    )
    for (const redirect of written) write(resolver.resolve(redirect.target), output, command)
    return written.length > 0 ? NOTHING : output
  }

  function runSimple(command: Command, input: Value, fed: boolean): Value {
    for (const { name, value } of command.assignments) {
      const resolved = resolver.resolve(value)
      signs.noteAssignment(name, resolved, command)
      if (command.words.length === 0) state.variables.set(name, resolved)
    }
    if (command.words.length === 0) return NOTHING
    const args = command.words.flatMap(resolver.resolveWords)
    signs.lookForHiddenName(command, args[0])
    return runWords(args, command, input, fed)
  }

  function runWords(args: readonly Value[], command: Command, input: Value, fed: boolean): Value {
    const [first, ...rest] = args
    if (first === undefined) return input
    if (first.text === '' || !first.known) {
      // A command whose name comes from somewhere: `$(curl …)`, `$cmd`.
      if (first.origins.size > 0) return runValue(joinValues(args, ' '), command, 'shell')
      if (state.files.has(placeOf(first) ?? '')) machine.runFile(first, command)
      return UNKNOWN
    }
    if (first.text === 'for' && rest[1]?.text === 'in') {
      assignEach(rest[0]?.text ?? '', rest.slice(2))
      return NOTHING
    }
    const name = baseName(first.text)
    for (const arg of rest) signs.noteAddress(arg, name, command)
    if (WINDOWS.test(name)) {
      for (const sighting of windowsSightings(text.slice(command.start, command.end)))
        see({ ...sighting, start: command.start, end: command.end })
      return UNKNOWN
    }
    if (/[/]/.test(first.text) || state.files.has(first.text))
      machine.runFile(withText(first, first.text.replace(/^\.\//, '')), command)
    if (state.functions.has(first.text)) return runFunction(first.text, rest, input, fed)
    const call: Call = { command, name, args: rest, input, fed }
    return programOf(name)(call, machine)
  }

  /** `for name in words`: of several words none is known, but where they come from is. */
  function assignEach(name: string, words: readonly Value[]): void {
    const [only] = words
    const whole = joinValues(words, ' ')
    const isOne = words.length === 1 && only?.known === true && !/\s/.test(only.text)
    state.variables.set(name, isOne ? whole : withText(whole, undefined))
  }

  /** A function of the script with what it is given: `dl() { curl "$1"; }; dl url | sh`. */
  function runFunction(name: string, args: readonly Value[], input: Value, fed: boolean): Value {
    const body = state.functions.get(name)
    if (body === undefined || state.calling.has(name) || state.callsLeft <= 0) return UNKNOWN
    const before = new Map(POSITIONS.map((place) => [place, state.variables.get(place)]))
    state.calling.add(name)
    for (const [index, place] of POSITIONS.entries()) {
      const value = args[index]
      if (value === undefined) state.variables.delete(place)
      else state.variables.set(place, value)
    }
    state.variables.set('@', joinValues(args, ' '))
    const output = runAll(body, input, fed)
    state.calling.delete(name)
    state.variables.delete('@')
    for (const [place, value] of before)
      if (value === undefined) state.variables.delete(place)
      else state.variables.set(place, value)
    return output
  }

  function inputOf({ operator, target }: Redirect): Value {
    const value = resolver.resolve(target)
    if (operator === '<<') return value
    if (operator === '<<<') return value
    const file = target.parts[0]
    if (file?.kind === 'command') return value
    return value.known ? machine.readFile(value.text.replace(/^\.\//, '')) : originValue('file')
  }

  function runValue(value: Value, at: Command, language: 'shell' | 'other'): Value {
    if (value.origins.has('network')) reportDownload(value.addresses, at)
    else if (value.origins.has('decoded')) {
      machine.report(
        'threat.encoded-command',
        at,
        value.known && value.text !== '' ? value.text : undefined,
      )
    }
    if (language === 'other') return UNKNOWN
    if (value.known || (value.text !== '' && value.origins.size === 0))
      return machine.runText(value.text, at)
    return UNKNOWN
  }

  function reportDownload(addresses: readonly string[], at: Command): void {
    if (state.verified) {
      machine.report('capability.process', at)
      return
    }
    const known = addresses.map(addressOf)
    const fromInstallers =
      known.length > 0 && known.every((one) => one !== undefined && isInstaller(one))
    machine.report(fromInstallers ? 'threat.known-installer' : 'threat.download-and-run', at)
  }

  function send(value: Value, to: readonly Address[], at: Command): void {
    // What goes to the machine itself does not leave it.
    if (
      to.length > 0 &&
      to.every(({ host }) => /^(localhost|127\.[\d.]+|0\.0\.0\.0|\[::1\])$/.test(host))
    )
      return
    for (const origin of ['credentials', 'environment', 'host'] as const)
      if (value.origins.has(origin)) machine.report(`flow.${origin}.network`, at)
  }

  function write(path: Value, value: Value, at: Command): void {
    const name = placeOf(path)?.replace(/^\.\//, '')
    if (name === undefined) return
    if (/^\/dev\/(sd[a-z]|nvme\d|hd[a-z]|vd[a-z]|mmcblk\d|disk\d)/.test(name))
      machine.report('threat.destructive', at)
    if (name.startsWith('/dev/') || name === '') return
    if (state.files.size < 10_000) state.files.set(name, value)
    const kind = startFileOf(name)
    if (kind === undefined) return
    const text = value.text.trim()
    const dangerous =
      value.origins.has('network') ||
      value.origins.has('decoded') ||
      (kind === 'sudo' && /NOPASSWD:\s*ALL/.test(text)) ||
      STARTS_FROM_TEMP.test(text) ||
      runsSomethingHarmful(text)
    if (kind === 'preload' || dangerous || (kind === 'keys' && /^(ssh-|ecdsa-|sk-)/.test(text)))
      machine.report('threat.persistence', at)
    else machine.report('capability.file-write', at)
  }

  function runsSomethingHarmful(inner: string): boolean {
    let harmful = false
    if (inner === '' || level >= DEEPEST) return false
    const stripped = inner
      .replace(/^([\d*/,@-]+\s+){5}(root\s)?/gm, '')
      .replace(/^@\w+\s+/gm, '')
      .replace(/^Exec\w*=/gm, '')
    const apart = { ...state, variables: new Map(), files: new Map() }
    interpretIn(stripped, apart, level + 1, {
      see: ({ name }) => {
        if (/^(threat|flow\.(credentials|environment|host|network|decoded)|hidden)\./.test(name))
          harmful = true
      },
    })
    state.runs = apart.runs
    state.characters = apart.characters
    return harmful
  }
}
