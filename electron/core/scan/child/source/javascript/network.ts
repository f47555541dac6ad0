import { dropHost, hostOf } from './hosts'
import type { Machine } from './machine'
import type { Node } from './node'
import { reportFlow } from './report-flow'
import { WHOLE_ENVIRONMENT } from './sources'
import { deepTaints, HOLE, hintOf, type Taint, taint, UNKNOWN, type Value } from './value'

/** Where in a request a value goes. */
type Position = 'url' | 'authentication' | 'header' | 'body'

interface Payload {
  taint: Taint
  position: Position
}

/** A call that sends: says what is sent that should not be, and where to. */
export function foundRequest(m: Machine, path: string, args: readonly Value[], at: Node): void {
  const own = urlOf(args)
  if (path === 'XMLHttpRequest().open') m.opened = own
  const url = path === 'XMLHttpRequest().send' ? (m.opened ?? own) : own
  const place = url === undefined ? undefined : dropHost(url)
  if (place !== undefined && url !== undefined)
    m.see('threat.exfiltration-host', at, { detail: { host: hostOf(url) ?? place } })
  if (
    url !== undefined &&
    /stratum\+(?:tcp|ssl):|coinhive|cryptonight|coin-?imp|minexmr|supportxmr|nanopool|moneroocean/i.test(
      url,
    )
  )
    m.see('threat.crypto-miner', at)
  const named = path.startsWith('#dns.') && /\.[a-z][a-z0-9-]*\.[a-z]+$/i.test(url ?? '')
  if (url === undefined || (url.startsWith(HOLE) && !named)) m.relays.add(at.start)
  const sent = payloads(args, path, at)
  const socket = args.map(({ shape }) => hintOf(shape?.properties.get('socketPath') ?? UNKNOWN))
  if (
    socket.some((one) => /docker\.sock|containerd\.sock/.test(one ?? '')) &&
    args.some(({ shape }) =>
      /\/(?:containers\/create|exec)/.test(hintOf(shape?.properties.get('path') ?? UNKNOWN) ?? ''),
    )
  )
    m.see('hidden.process', at)
  const covert = COVERT.test(path) || args.some(hidesItsAnswer)
  const unchecked = args.some(
    (arg) => arg.shape?.properties.get('rejectUnauthorized')?.constant === false,
  )
  if (
    unchecked &&
    sent.some(({ taint: one }) => one.source === 'environment' || one.source === 'credentials')
  )
    m.see('threat.security-off', at)
  for (const { taint: one, position } of sent) {
    if (!isHarmful(one, position, url, place !== undefined, path, covert)) continue
    if (one.source === 'input') {
      if (isOwnPath(url)) continue
      if (one.what === 'keys') m.see('threat.keylogger', at)
      if (one.what === 'clipboard') m.see('threat.clipboard', at)
      continue
    }
    const secret = one.source === 'file' && m.seeksSecrets && isElsewhere(url, path)
    reportFlow(m, secret ? { ...one, source: 'credentials' } : one, 'network', at, 'sends it')
  }
}

/** Clients of services that keep or pass on what they are given. */
const CLIENTS =
  /^#(?:mqtt|redis|ioredis|amqplib|kafkajs|nats|@aws-sdk\/client-[\w-]+|aws-sdk|@google-cloud\/[\w-]+|@azure\/[\w-]+|firebase(?:-admin)?(?:\/\w+)?|mongodb|pg|mysql2?|@supabase\/supabase-js|pusher|ably|@wandb\/sdk|mixpanel|@sentry\/[\w-]+|posthog-node|dropbox|googleapis|@octokit\/[\w-]+|twilio|basic-ftp|webdav|telegraf|@slack\/web-api|discord\.js|@notionhq\/client|airtable)\b/

/** All of the environment in the hands of such a client. */
export function foundClient(m: Machine, path: string, args: readonly Value[], at: Node): void {
  if (!CLIENTS.test(path)) return
  for (const arg of args)
    for (const one of arg.code === undefined ? deepTaints(arg) : [])
      if (one.source === 'environment' && one.what === '*')
        reportFlow(m, one, 'network', at, 'sends it')
}

/** Ways to send that no client of a service takes: nobody reads the answer. */
const COVERT = /^(?:%beacon|navigator\.sendBeacon|open|RTCPeerConnection\(\).*)$/
const hidesItsAnswer = ({ shape }: Value): boolean =>
  shape?.properties.get('mode')?.constant === 'no-cors'

/** A path of the server that the page came from. */
const isOwnPath = (url: string | undefined): boolean =>
  url !== undefined && /^(?:\/(?!\/)|\.)/.test(url)

/** The same, or a connection that was opened before, to wherever. */
const isElsewhere = (url: string | undefined, path: string): boolean =>
  isForeign(url) || (url === undefined && /\(\)\.(?:end|write)$/.test(path))

/** Another host than the one that the page came from, or that is configured. */
const isForeign = (url: string | undefined): boolean =>
  url !== undefined && /^(?:(?:https?|wss?):)?\/\/[\w.-]*\w\.\w/i.test(url)

function urlOf(args: readonly Value[]): string | undefined {
  for (const value of args.slice(0, 2)) {
    const text = hintOf(value)
    if (text !== undefined && text !== '' && !/^(?:GET|POST|PUT|HEAD|PATCH|DELETE)$/i.test(text)) {
      const second = hintOf(args[1] ?? value)
      // net.connect(port, host)
      return value.known && typeof value.constant === 'number' ? second : text
    }
    const properties = value.shape?.properties
    if (properties === undefined) continue
    const part = (name: string) => {
      const property = properties.get(name)
      return property === undefined ? undefined : hintOf(property)
    }
    const whole = part('url') ?? part('uri') ?? part('baseURL')
    if (whole !== undefined) return whole
    const host = part('hostname') ?? part('host')
    if (host !== undefined) return `https://${host}${part('path') ?? ''}`
  }
  return undefined
}

const AUTHENTICATION =
  /^(?:authorization|proxy-authorization|cookie|x-(?:[\w-]+-)?(?:api-?key|token|auth|csrf|xsrf)[\w-]*|api-?key|x-csrf-?token|x-xsrf-?token|private-token|apikey|xi-api-key|auth|username|password|user|pass)$/i

function payloads(args: readonly Value[], path: string, at: Node): Payload[] {
  const found: Payload[] = []
  const add = (value: Value, position: Position) => {
    if (value.path !== undefined && WHOLE_ENVIRONMENT.has(value.path))
      found.push({ taint: taint('environment', 'reads the environment', at), position })
    for (const one of deepTaints(value)) found.push({ taint: one, position })
  }
  for (const [index, value] of args.entries()) {
    if (value.code !== undefined) continue
    const { shape } = value
    if (shape === undefined || shape.items !== undefined) {
      add(value, index === 0 && !/write|send|end$|emit/.test(path) ? 'url' : 'body')
      continue
    }
    if (value.taints.length > 0) add({ ...value, shape: undefined }, 'body')
    if (shape.rest.taints.length > 0) add(shape.rest, 'body')
    for (const [key, property] of shape.properties) {
      if (
        property.code !== undefined ||
        /^(agent|signal|dispatcher|ca|cert|key|pfx|proxy)$/i.test(key)
      )
        continue
      if (/^(url|uri|host|hostname|path|href|params|qs|query|search)$/i.test(key))
        add(property, 'url')
      else if (AUTHENTICATION.test(key)) add(property, 'authentication')
      else if (key === 'headers') {
        if (property.shape === undefined) add(property, 'authentication')
        for (const [header, held] of property.shape?.properties ?? [])
          add(held, AUTHENTICATION.test(header) ? 'authentication' : 'header')
        if (property.shape !== undefined) add(property.shape.rest, 'header')
      } else add(property, 'body')
    }
  }
  return found
}

/** Words of names of secrets that belong to nobody in particular. */
const COMMON_WORDS = new Set(
  'API KEY TOKEN SECRET ACCESS AUTH CLIENT PASSWORD PASSWD ID APP APPLICATION USER BOT PRIVATE MY SERVICE BEARER X CREDENTIALS CREDENTIAL URL BASE SERVER COOKIE SESSION DB DATABASE'.split(
    ' ',
  ),
)

/** Whether a value of that origin has no business in that place of a request. */
export function isHarmful(
  one: Taint,
  position: Position,
  url: string | undefined,
  drop: boolean,
  path: string,
  covert = false,
): boolean {
  const lookup = path.startsWith('#dns.')
  switch (one.source) {
    case 'environment': {
      if (drop) return true
      // Out of all of it the address was read: a setting.
      if (one.what === '*') return position !== 'url' || url?.startsWith(HOLE) !== true || lookup
      const host = url === undefined ? undefined : hostOf(url)
      // Where it goes is configured: the secret of a service on its way to that service.
      if (host === undefined) return lookup && !url?.startsWith(HOLE)
      if (host.includes(HOLE) && !/^[\ufffc]+\.[a-z0-9-]+\.[a-z]+/.test(host)) return false
      const words = one.what
        .toUpperCase()
        .split('_')
        .filter((word) => !COMMON_WORDS.has(word) && word.length > 1)
      if (
        words.some(
          (word) =>
            host.replace(/[.-]/g, '').toUpperCase().includes(word) ||
            RELATED[word]?.test(host) === true,
        )
      )
        return false
      if (position === 'authentication') return false
      if (words.length === 0 && /oauth|token|auth|login|graphql|v\d/i.test(url ?? '')) return false
      return true
    }
    case 'credentials':
      // The token of the Hub on its way to the Hub, as its own clients send it.
      if (
        (position === 'authentication' || position === 'header') &&
        /huggingface[\\/]token/.test(one.what) &&
        /^(?:\ufffc*$|\ufffc?https:\/\/(?:[\w-]+\.)?huggingface\.co(?:[/\ufffc]|$))/.test(url ?? '')
      )
        return false
      // What a page was given by its own service, on its way back; a secret of an account of one.
      if (one.what === 'storage' || one.what === 'form')
        return drop || (covert && position !== 'header' && isForeign(url))
      if (one.what === 'key')
        return position !== 'authentication' && (drop || isElsewhere(url, path))
      if (one.what === 'all-forms') return drop || isElsewhere(url, path)
      if (one.what === 'requests') return drop || (position === 'body' && isForeign(url))
      if (one.what === 'cloud' && /169\.254\.|metadata\.google/.test(url ?? '')) return false
      if (position === 'authentication' && !drop && isService(url)) return false
      return one.what !== 'cookie' || position !== 'authentication'
    case 'host':
      return (
        position !== 'header' &&
        !(position === 'url' && url?.startsWith(HOLE) === true && !drop && !lookup) &&
        !(lookup && one.length <= 3 && (url === undefined || !url.includes('.')))
      )
    case 'decoded':
      return position === 'url' && !one.weak
    case 'file':
      return true
    case 'input':
      return true
    default:
      return false
  }
}

/** A server that is configured, or one that gives out the tokens people keep in files. */
const isService = (url: string | undefined): boolean => {
  const host = url === undefined ? undefined : hostOf(url)
  return (
    host === undefined ||
    host.startsWith(HOLE) ||
    /(?:^|\.)(?:npmjs\.(?:org|com)|github\.com|gitlab\.com|huggingface\.co|kubernetes\.default(?:\.svc)?|docker\.(?:io|com)|googleapis\.com|pypi\.org|localhost)$/.test(
      host,
    )
  )
}

/** Hosts of services whose secrets go by another name. */
const RELATED: Readonly<Record<string, RegExp>> = {
  GH: /github/,
  HF: /huggingface/,
  NPM: /npmjs|npm\.pkg/,
  AWS: /amazonaws/,
  GOOGLE: /googleapis|google/,
  GEMINI: /googleapis/,
  AZURE: /azure|microsoft|windows\.net/,
  GITLAB: /gitlab/,
  FB: /facebook|graph\./,
}
