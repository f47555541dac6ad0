import type { CodeName } from '../vocabulary'
import { addressOf, isExfiltrationHost } from './places'
import { baseName, isShell } from './program-names'
import type { Resolver } from './resolve'
import type { Value } from './stream'
import type { Command, Pipeline } from './syntax'

/** Programs whose names nobody has a reason to write in pieces. */
const NOTABLE =
  /^(curl|wget|bash|sh|zsh|dash|eval|nc|ncat|python[\d.]*|perl|ruby|php|base64|rm|chmod|cat|crontab|powershell|cmd|socat|dd)$/

interface Observed {
  text: string
  resolver: Resolver
  report(name: CodeName, at: { start: number; end: number }, evidence?: string): void
  /** Descriptors that an `exec` opened as sockets. */
  sockets: Set<string>
}

/** What the shape of a command tells, whatever its program does. */
export function createSigns({ text, resolver, report, sockets }: Observed) {
  /** `cat pipe | sh -i | nc host 4444 > pipe`, and telnet, openssl or socat in place of nc. */
  function lookForShellBetweenSockets(commands: readonly Command[]): void {
    const names = commands.map(resolver.nameOf)
    const shell = names.findIndex(
      (name, index) => isShell(name) && (index > 0 || isInteractive(commands[0])),
    )
    const sender = names.findIndex(
      (name, index) => index > shell && /^(nc|ncat|netcat|telnet|openssl|socat)$/.test(name),
    )
    const first = commands[0]
    if (shell !== -1 && sender !== -1 && first !== undefined)
      report('threat.reverse-shell', {
        start: first.start,
        end: commands.at(-1)?.end ?? first.end,
      })
  }

  /** `sh -i < pipe`: a shell that is fed by a file and reads no script. */
  function isInteractive(command: Command | undefined): boolean {
    if (command === undefined) return false
    const words = command.words.map((word) => resolver.resolve(word).text)
    return (
      words.includes('-i') ||
      (words.length === 1 && command.redirects.some(({ operator }) => operator === '<'))
    )
  }

  function lookForHiddenName(command: Command, first: Value | undefined): void {
    const word = command.words[0]
    if (first === undefined || word === undefined || !first.known) return
    const name = baseName(first.text)
    const raw = text.slice(word.start, word.end)
    const isGlob = raw === first.text && /^\/.*[?*[]/.test(raw) && !raw.endsWith('*')
    const inPieces =
      NOTABLE.test(name) &&
      (/\w(''|""|\\)\w|\$'[^']*\\[x0-7u]|\$[@*]\w/.test(raw) ||
        /\w'\w+'|\w"\w+"/.test(raw) ||
        word.parts.filter((part) => part.kind === 'variable').length >= 2)
    if (inPieces || isGlob) report('hidden.process', command, `${raw} is ${first.text}`)
  }

  function noteAssignment(name: string, value: Value, at: Command): void {
    if (
      name === 'LD_PRELOAD' &&
      value.known &&
      /^(\/tmp|\/dev\/shm|\/var\/tmp|\.\/|.*\/\.)/.test(value.text)
    )
      report('threat.loader-patch', at)
    if (
      (name === 'HISTFILE' && value.text === '/dev/null') ||
      (name === 'HISTSIZE' && value.text === '0')
    )
      report('threat.cover-tracks', at)
    if (
      (name === 'NODE_TLS_REJECT_UNAUTHORIZED' && value.text === '0') ||
      (name === 'GIT_SSL_NO_VERIFY' && /^(1|true)$/.test(value.text))
    )
      report('threat.security-off', at)
  }

  function noteAddress(arg: Value, program: string, at: Command): void {
    if (/^(echo|printf|grep|sed|awk|ping|ip|ifconfig|route|iptables|dig|nslookup)$/.test(program))
      return
    if (/stratum\+(tcp|ssl):\/\//.test(arg.text)) report('threat.crypto-miner', at)
    const address = addressOf(arg.text)
    if (
      address !== undefined &&
      /^(curl|wget|nc|ncat|http|scp|rsync|socat|telnet)$/.test(program) &&
      isExfiltrationHost(address)
    )
      report('threat.exfiltration-host', at)
  }

  function lookForSockets(command: Command): void {
    const targets = command.redirects.map((redirect) => ({
      redirect,
      path: resolver.resolve(redirect.target).text,
    }))
    const name = resolver.nameOf(command)
    for (const { redirect, path } of targets) {
      const isSocket = /^\/dev\/(tcp|udp)\//.test(path)
      if (isSocket && name === 'exec') sockets.add(redirect.descriptor)
      const usesSocket = /^[<>]&$/.test(redirect.operator) && sockets.has(path)
      const runs = isShell(name) || (command.words[0]?.parts[0]?.kind === 'variable' && usesSocket)
      if ((isSocket || usesSocket) && runs) report('threat.reverse-shell', command)
    }
  }

  function lookForForkBomb(command: Command, name: string, body: readonly Pipeline[]): void {
    const isSelf = ({ words: [first] }: Command) =>
      first !== undefined && text.slice(first.start, first.end) === name
    if (body.some(({ commands }) => commands.filter(isSelf).length >= 2))
      report('threat.fork-bomb', command)
  }

  return {
    lookForShellBetweenSockets,
    lookForHiddenName,
    noteAssignment,
    noteAddress,
    lookForSockets,
    lookForForkBomb,
  }
}
