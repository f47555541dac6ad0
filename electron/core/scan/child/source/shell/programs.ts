import { DESTRUCTIVE } from './destructive'
import { INSTALLERS } from './installers'
import type { Call, Machine, Program } from './machine'
import { NETWORK } from './network'
import { addressOf, isExfiltrationHost } from './places'
import { isInterpreter, isShell } from './program-names'
import {
  joinValues,
  NOTHING,
  originValue,
  textValue,
  UNKNOWN,
  type Value,
  withText,
} from './stream'
import type { Command } from './syntax'
import { TRANSFORMS } from './transforms'

/** What a program does to its input, its files and the network. Unknown programs do nothing. */
export function programOf(name: string): Program {
  if (isShell(name)) return runShell
  if (isInterpreter(name)) return runInterpreter
  const program =
    own(RUNNERS, name) ??
    own(TRANSFORMS, name) ??
    own(NETWORK, name) ??
    own(DESTRUCTIVE, name) ??
    own(INSTALLERS, name)
  if (program !== undefined) return program
  if (/^(xmrig|xmr-stak|minerd|cpuminer|ethminer|nbminer|t-rex|lolminer|phoenixminer)/.test(name))
    return mine
  return name.startsWith('mkfs') && DESTRUCTIVE.mkfs !== undefined
    ? DESTRUCTIVE.mkfs
    : () => UNKNOWN
}

const own = (table: Readonly<Record<string, Program>>, name: string): Program | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

const mine: Program = ({ command }, machine) => {
  machine.report('threat.crypto-miner', command)
  return UNKNOWN
}

/** Programs that run the rest of their words, with the options that take a value. */
const wrapper =
  (valued: RegExp, leading = 0): Program =>
  (call, machine) => {
    let at = 0
    let skipped = 0
    for (; at < call.args.length; at++) {
      const text = call.args[at]?.text ?? ''
      if (text === '--') continue
      if (/^[A-Za-z_]\w*=/.test(text)) continue
      if (valued.test(text)) at++
      else if (!text.startsWith('-') && ++skipped > leading) break
    }
    return machine.call(call.args.slice(at), call)
  }

const RUNNERS: Readonly<Record<string, Program>> = {
  eval: (call, machine) => {
    if (call.args.length === 0) return NOTHING
    const text = joinValues(call.args, ' ')
    if (!text.known) machine.report('capability.eval', call.command)
    return machine.runValue(text, call.command, 'shell')
  },
  source: sourceFile,
  '.': sourceFile,
  exec: wrapper(/^-a$/),
  command: wrapper(/^$/),
  builtin: wrapper(/^$/),
  sudo: wrapper(/^-[ugpCrtT]$/),
  doas: wrapper(/^-[uC]$/),
  nohup: wrapper(/^$/),
  setsid: wrapper(/^$/),
  nice: wrapper(/^-n$/),
  ionice: wrapper(/^-[cn]$/),
  timeout: wrapper(/^-[ks]$/, 1),
  chroot: wrapper(/^--(userspec|groups)$/, 1),
  flock: wrapper(/^-[Ewx]$/, 1),
  watch: wrapper(/^-[nd]$/),
  parallel: wrapper(/^-[jN]$/),
  unshare: wrapper(/^-[SGR]$/),
  nsenter: wrapper(/^-[tSG]$/),
  'systemd-run': wrapper(/^-[pEu]$/),
  pkexec: wrapper(/^--user$/),
  runuser: runOption('-c'),
  script: runOption('-c'),
  screen: wrapper(/^-[SsTtcph]$/),
  tmux: (call, machine) =>
    call.args.some(({ text }) => /^(new|new-session|new-window|run-shell)$/.test(text))
      ? runText(call, machine, call.args.at(-1))
      : UNKNOWN,
  ssh: (call, machine) => remote(call, machine, /^-\w*[bcDEeFIiJLlmOopQRSWw]$/),
  docker: container,
  podman: container,
  kubectl: (call, machine) => {
    if (call.args.some(({ text }) => /^secrets?$/.test(text)) && call.args[0]?.text === 'get')
      return originValue('environment')
    const at = call.args.findIndex(({ text }) => text === '--')
    return at === -1 ? UNKNOWN : machine.call(call.args.slice(at + 1), call)
  },
  at: atTime,
  batch: atTime,
  alias: (call, machine) => {
    for (const { text } of call.args) {
      const body = /^[\w.-]+=([\s\S]+)$/.exec(text)?.[1]
      if (body !== undefined) machine.runText(body, call.command)
    }
    return NOTHING
  },
  stdbuf: wrapper(/^-[ioe]$/),
  busybox: wrapper(/^$/),
  // What it reads becomes the last words of its command.
  xargs: (call, machine) =>
    wrapper(/^-[aEeIiLlnPsd]$/)({ ...call, args: [...call.args, call.input] }, machine),
  env: (call, machine) =>
    call.args.some(({ text }) => !text.startsWith('-') && !/^\w+=/.test(text))
      ? wrapper(/^-[uC]$/)(call, machine)
      : originValue('environment'),
  su: runOption('-c'),
  read: ({ args, input }, machine) => {
    // `read -s` asks for what must not be seen.
    const value = args.some(({ text }) => /^-\w*s/.test(text))
      ? originValue('credentials')
      : withText(input, undefined)
    for (const { text } of args) if (/^[A-Za-z_]\w*$/.test(text)) machine.assign(text, value)
    return NOTHING
  },
  trap: (call, machine) => runText(call, machine, call.args[0]),
  export: declare,
  declare,
  local: declare,
  readonly: declare,
  typeset: declare,
  printenv: ({ args }) => (args.length === 0 ? originValue('environment') : UNKNOWN),
  set: ({ args }) => (args.length === 0 ? originValue('environment') : NOTHING),
  whoami: () => originValue('host'),
  id: () => originValue('host'),
  hostname: () => originValue('host'),
  ifconfig: () => originValue('host'),
  ps: () => originValue('host'),
  // Where it lies does not matter, only that it is the same place later.
  mktemp: () => textValue('/tmp/mktemp'),
  security: ({ args }) =>
    args.some(({ text }) => /^(dump-keychain|find-(generic|internet)-password)$/.test(text))
      ? originValue('credentials')
      : UNKNOWN,
  uname: ({ args }) =>
    args.some(({ text }) => /^-\w*[an]/.test(text)) ? originValue('host') : UNKNOWN,
  history: ({ args, command }, machine) => {
    if (args.some(({ text }) => /^-\w*c/.test(text))) machine.report('threat.cover-tracks', command)
    return originValue('credentials')
  },
  unset: ({ args, command }, machine) => {
    if (args.some(({ text }) => text === 'HISTFILE')) machine.report('threat.cover-tracks', command)
    return NOTHING
  },
  find: (call, machine) => {
    const at = call.args.findIndex(({ text }) => /^-(exec|execdir|ok)$/.test(text))
    if (at !== -1) machine.call(call.args.slice(at + 1), call)
    return DESTRUCTIVE.find?.(call, machine) ?? UNKNOWN
  },
}

/** A command for another machine: what stands behind the host. */
function remote(call: Call, machine: Machine, valued: RegExp): Value {
  let at = 0
  for (; at < call.args.length; at++) {
    const text = call.args[at]?.text ?? ''
    if (valued.test(text)) at++
    else if (!text.startsWith('-')) break
  }
  for (const { text } of call.args.slice(0, at)) {
    const started = /^(?:ProxyCommand|LocalCommand|KnownHostsCommand)=([\s\S]+)$/i.exec(text)?.[1]
    if (started !== undefined) machine.runText(started, call.command)
  }
  const host = call.args[at]
  const address = addressOf(host?.text.replace(/^.*@/, '') ?? '')
  const forwards = call.args.some(({ text }) => /^-\w*R/.test(text))
  if (forwards && address !== undefined && isExfiltrationHost(address))
    machine.report('threat.exfiltration-host', call.command)
  if (call.fed) machine.send(call.input, address === undefined ? [] : [address], call.command)
  const rest = call.args.slice(at + 1)
  if (rest.length > 0) runText(call, machine, joinValues(rest, ' '))
  return UNKNOWN
}

/** `docker run … image command`; a container with the disk of its host is the host. */
function container(call: Call, machine: Machine): Value {
  const words = call.args.map(({ text }) => text)
  if (!/^(run|exec|create)$/.test(words[0] ?? '')) return UNKNOWN
  const mounts = words.flatMap((word, index) =>
    /^(-v|--volume|--mount)$/.test(words[index - 1] ?? '')
      ? [word]
      : [/^(?:-v|--volume=)(.+)$/.exec(word)?.[1] ?? ''],
  )
  if (
    mounts.some(
      (mount) => /^\/:\/|\b(source|src)=\/(,|$)/.test(mount) && !/:ro$|,readonly/.test(mount),
    )
  )
    machine.report('threat.security-off', call.command)
  const at = words.findIndex((word) => isShell(word.split('/').at(-1) ?? '') || word === 'chroot')
  return at === -1 ? UNKNOWN : machine.call(call.args.slice(at), call)
}

function atTime(call: Call, machine: Machine): Value {
  return call.fed ? machine.runValue(call.input, call.command, 'shell') : UNKNOWN
}

function declare({ args, command }: Call, machine: Machine): Value {
  for (const arg of args) {
    const match = /^(\w+)=([\s\S]*)$/.exec(arg.text)
    if (match?.[1] !== undefined)
      machine.assign(match[1], withText(arg, arg.known ? match[2] : undefined))
    if (/^(GIT_SSH_COMMAND|GIT_EXTERNAL_DIFF|PROMPT_COMMAND|LESSOPEN)$/.test(match?.[1] ?? ''))
      machine.runText(match?.[2] ?? '', command)
  }
  return NOTHING
}

function sourceFile({ args: [file], command, input }: Call, machine: Machine): Value {
  if (file === undefined) return NOTHING
  if (/^(\/dev\/stdin|-)$/.test(file.text)) return machine.runValue(input, command, 'shell')
  if (file.origins.size > 0) return machine.runValue(file, command, 'shell')
  machine.runFile(withText(file, file.text.replace(/^\.\//, '')), command)
  return UNKNOWN
}

function runText(call: Call, machine: Machine, value: Value | undefined): Value {
  return value === undefined ? NOTHING : machine.runValue(value, call.command, 'shell')
}

function runOption(option: string): Program {
  return (call, machine) => {
    const at = call.args.findIndex(({ text }) => text === option)
    return at === -1 ? UNKNOWN : runText(call, machine, call.args[at + 1])
  }
}

function runShell(call: Call, machine: Machine): Value {
  const { args, command } = call
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]
    if (arg === undefined) break
    if (/^-\w*c$/.test(arg.text)) return runText(call, machine, args[at + 1])
    if (/^[-+]o$/.test(arg.text) || /^--(rcfile|init-file)$/.test(arg.text)) at++
    else if (arg.text === '-s' || arg.text === '-' || arg.text === '/dev/stdin') break
    else if (!/^[-+]\w|^--/.test(arg.text)) {
      if (arg.origins.size > 0 || (!arg.known && arg.text === '')) {
        if (arg.origins.has('network') || arg.origins.has('decoded'))
          return machine.runValue(arg, command, 'shell')
        return UNKNOWN
      }
      lookAtName(arg, command, machine)
      machine.runFile(withText(arg, arg.text.replace(/^\.\//, '')), command)
      return UNKNOWN
    }
  }
  return call.fed ? machine.runValue(call.input, command, 'shell') : UNKNOWN
}

/** Endings of files that hold no program, whatever their content. */
const NO_PROGRAM =
  /\.(woff2?|ttf|otf|eot|png|jpe?g|gif|bmp|ico|webp|svg|mp[34]|wav|ogg|css|pdf|docx?|xlsx?|csv)$/i

/** `node fonts/regular.woff2`: the name says that it is something else. */
function lookAtName(file: Value, command: Command, machine: Machine): void {
  if (NO_PROGRAM.test(file.text))
    machine.report('hidden.process', command, `runs ${file.text}, which is named as no program`)
}

const PRELOAD = /^(-r|--require|--import|--loader|--experimental-loader|--preload)$/
const CODE_OPTION = /^(-\w*[cerpEn]|--eval|--print|eval)$/

function runInterpreter(call: Call, machine: Machine): Value {
  const { args, command } = call
  // A window that asks for a password.
  if (call.name === 'osascript' && args.some(({ text }) => /with hidden answer/.test(text)))
    return originValue('credentials')
  // `ruby -e'…'`: the code may follow its option without a blank.
  const attached = args.find(
    ({ text }) =>
      /^-\w*[ec][^\w-].*/s.test(text) || (/^-[ec].{8}/s.test(text) && /\W/.test(text.slice(2))),
  )
  if (attached !== undefined) {
    judgeCode(withText(attached, attached.text.slice(2)), call, machine)
    return UNKNOWN
  }
  // `node -r FILE` loads a file before the program, whatever its name says it is.
  if (/^(node|nodejs|bun)$/.test(call.name)) {
    const preload = args.findIndex(({ text }) => PRELOAD.test(text))
    const file = preload === -1 ? undefined : args[preload + 1]
    if (file !== undefined) machine.runFile(withText(file, file.text.replace(/^\.\//, '')), command)
    if (preload !== -1)
      return runInterpreter({ ...call, args: args.toSpliced(preload, 2) }, machine)
  }
  const option = args.findIndex(({ text }) => CODE_OPTION.test(text))
  const first = args.findIndex(({ text }) => !text.startsWith('-') || text === '-')
  if (option !== -1 && (first === -1 || option < first)) {
    const code = args[option + 1]
    if (code !== undefined) judgeCode(code, call, machine)
    return UNKNOWN
  }
  const module = args.findIndex(({ text }) => text === '-m')
  if (module !== -1 && (first === -1 || module < first)) {
    const name = args[module + 1]
    if (name !== undefined)
      machine.runFile(withText(name, `${name.text.replaceAll('.', '/')}.py`), command)
    return UNKNOWN
  }
  const script = args[first]
  if (script !== undefined && script.text !== '-' && script.text !== '/dev/stdin') {
    if (script.origins.has('network')) return machine.runValue(script, command, 'other')
    lookAtName(script, command, machine)
    machine.runFile(withText(script, script.text.replace(/^\.\//, '')), command)
    return UNKNOWN
  }
  if (call.fed) {
    machine.runValue(call.input, command, 'other')
    judgeCode(call.input, call, machine)
  }
  return UNKNOWN
}

const SOCKET =
  /\bsocket\b|use Socket|fsockopen|TCPSocket|net\.(connect|Socket|createConnection)|\/dev\/tcp\//
const SPAWN =
  /\bsubprocess\b|pty\.spawn|os\.dup2|\bexec\b|\/bin\/(ba|z|da)?sh|popen|child_process|shell_exec/
const RUNS = /\b(exec|eval|system|compile|__import__)\b/
const FETCHES =
  /urlopen|requests\.get|urlretrieve|file_get_contents|https?\.get\(|\bfetch\(|LWP::|open-uri|Net::HTTP/
const DECODES =
  /b64decode|base64_decode|unhexlify|fromhex|decode_base64|Buffer\.from\([^)]*base64|atob\(|unpack\(/

/** One line of another language, as it is written into commands. */
function judgeCode(code: Value, { command, name }: Call, machine: Machine): void {
  if (/^(node|nodejs|deno|bun)$/.test(name)) machine.runCode('javascript', code.text, command)
  else if (/^(python|pypy)/.test(name)) machine.runCode('python', code.text, command)
  if (code.origins.has('network') || code.origins.has('decoded'))
    machine.runValue(code, command, 'other')
  const { text } = code
  if (SOCKET.test(text) && SPAWN.test(text)) machine.report('threat.reverse-shell', command)
  else if (RUNS.test(text) && FETCHES.test(text)) machine.report('threat.download-and-run', command)
  else if (RUNS.test(text) && DECODES.test(text)) machine.report('threat.encoded-command', command)
}
