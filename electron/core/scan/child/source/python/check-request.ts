import { dropSite, isCredentialPath, rawAddress } from '../places'
import { notePassages } from './across'
import type { Machine } from './machine'
import { fileOrigins } from './origin'
import { hasOwnService, isMachineService, isOwnService, isWellKnownService } from './places'
import { reportFlow, reportUse, writtenOf } from './report-use'
import type { Node } from './tree'
import {
  type Arguments,
  type Taint,
  taintsOf,
  textOf,
  textValue,
  UNKNOWN,
  unionTaints,
  type Value,
} from './value'

/** Arguments of requests that carry what is sent; the rest says how. */
const BODIES = [
  'data',
  'json',
  'files',
  'content',
  'params',
  'body',
  'text',
  'message',
  'msg',
  'fields',
  'payload',
  'Body',
  'Message',
  'config',
  'caption',
  'html',
  'file',
  'path_or_fileobj',
  'folder_path',
]
/** Libraries whose calls send all that they are given. */
const SENDERS =
  /^(socket|ssl|smtplib|ftplib|websockets?|telebot|telegram|telethon|pyrogram|aiogram|discord|discord_webhook|dhooks|slack|slack_sdk|twilio|paramiko|fabric|pysftp|scp|telnetlib|boto3|paho|pika|kafka|redis|sentry_sdk|pymongo|pymysql|psycopg2|psycopg|mysql|asyncpg|pymssql|cx_Oracle|oracledb|firebase_admin|wandb|mlflow|comet_ml|neptune|huggingface_hub|google|azure|dropbox|minio|asyncio\.open_connection\(\)|aiohttp\.ClientSession\(\)\.ws_connect\(\))\b/
/** Trackers and hubs are told names and numbers; only what is secret by itself counts there. */
const TRACKERS =
  /^(wandb|mlflow|comet_ml|neptune|huggingface_hub|sentry_sdk|redis|pymongo|pymysql|psycopg2|psycopg|mysql|asyncpg|pymssql|cx_Oracle|oracledb|boto3|google|azure)\b/

/** Something goes out: where to, and what of. */
export function checkRequest(
  machine: Machine,
  callee: Value & { kind: 'ref' },
  given: Arguments,
  node: Node,
): Value | undefined {
  const { name } = callee
  reportUse(machine, callee, 'network', node)
  const isSend =
    SENDERS.test(name) && !/create_connection$|gethostby|getaddrinfo|connect(_ex)?$/.test(name)
  const address = isSend ? callee.about : addressOf(name, given)
  const url = textOf(address ?? UNKNOWN)
  const bodies = bodiesOf(name, given, isSend)
  const sent = bodies.reduce<readonly Taint[]>(
    (all, one) =>
      unionTaints(all, unionTaints(taintsOf(one), contentOf(machine, one, isSend, node))),
    [],
  )
  const place = url === undefined ? undefined : (dropSite(url) ?? rawAddress(url))
  if (/^(socket|ssl)[.(]/.test(name)) machine.notes.marks.add('socket')
  if (isSend || bodies.length > 0) machine.notes.marks.add('send')
  if (place !== undefined) {
    machine.report({ name: 'threat.exfiltration-host', node, detail: { host: place } })
    machine.notes.marks.add('serious')
  }
  if (url !== undefined && /^stratum\+(tcp|ssl):/.test(url))
    machine.report({ name: 'threat.crypto-miner', node })
  const isLeak = namesHost(url) && isThrownAway(machine, node)
  const label = `sends it by ${name.replaceAll('()', '')}`
  if (isLeak) notePassages(machine, sent, 'network', node, label)
  for (const taint of unionTaints(sent, address === undefined ? [] : urlTaints(name, address))) {
    if (isGivenAway(taint, url, isLeak, sent))
      machine.report({
        name: 'threat.data-leak',
        node,
        steps: [...taint.steps, { role: 'sink', label, start: node.from, end: node.to }],
      })
    if (!leaks(taint, url, place, address, sent, isSend || isLookUp(name) ? name : undefined))
      continue
    const first = taint.steps[0]?.label ?? ''
    if (taint.source === 'input' && first.startsWith('is meant for'))
      machine.report({
        name: 'threat.loader-patch',
        node,
        steps: [...taint.steps, { role: 'sink', label, start: node.from, end: node.to }],
        detail: { how: `sends what ${first}` },
      })
    else if (taint.source === 'input' && first.startsWith('records'))
      machine.report({
        name: 'threat.surveillance',
        node,
        steps: [...taint.steps, { role: 'sink', label, start: node.from, end: node.to }],
      })
    else if (taint.source === 'input' && taint.steps[0]?.label === 'reads the clipboard')
      machine.report({
        name: 'threat.clipboard',
        node,
        steps: [...taint.steps, { role: 'sink', label, start: node.from, end: node.to }],
      })
    else reportFlow(machine, taint, 'network', node, label)
  }
  checkVerification(machine, given, bodies, node)
  noteDownload(machine, name, given, node)
  return undefined
}

/** A host that the source itself names, and that is neither this machine nor a service of models. */
const namesHost = (url: string | undefined): boolean =>
  url !== undefined &&
  /^(https?|wss?):\/\/[\w-]+(\.[\w-]+)+/.test(url) &&
  !isMachineService(url) &&
  !isWellKnownService(url)

/** Nobody looks at the answer: the call is a statement of its own. */
function isThrownAway({ text }: Machine, node: Node): boolean {
  const before = text.slice(text.lastIndexOf('\n', node.from - 1) + 1, node.from)
  return (
    /^([^'"#]*[:;])?\s*(await\s+)?$/.test(before) &&
    /^(\.(close|raise_for_status|getresponse|read)\(\))?[ \t]*([#;\r\n]|$)/.test(
      text.slice(node.to, node.to + 60),
    )
  )
}

/**
 * What users ask or upload, or a file, goes to a host of the source's own, and the program has no use
 * for the answer. A model or tokenizer has no business with any host.
 */
function isGivenAway(
  taint: Taint,
  url: string | undefined,
  isLeak: boolean,
  sent: readonly Taint[],
): boolean {
  if (taint.weak) return false
  const label = taint.steps[0]?.label ?? ''
  if (taint.source === 'input')
    return label.startsWith('is given') ? namesHost(url) : isLeak && label.startsWith('gets the')
  return taint.source === 'file' && isLeak && sent.includes(taint) && DATA_SET.test(label)
}

/** A file that is not the program's own: which one is told from outside, or it is a table of data. */
const DATA_SET =
  /^(reads a file|reads a table.*|reads .*\.(csv|tsv|parquet|jsonl|arrow|feather|xlsx?|sqlite3?|db))$/

const isLookUp = (name: string): boolean => /gethostby|getaddrinfo|^dns\./.test(name)

const MOST_DEPTH = 4

/** What open files, and the paths that an upload is given, hold. */
function contentOf(
  machine: Machine,
  value: Value,
  takesPaths: boolean,
  node: Node,
  depth = 0,
): readonly Taint[] {
  if (depth > MOST_DEPTH) return []
  if (value.kind === 'list' || value.kind === 'dict') {
    const held = value.kind === 'list' ? value.items : [...value.entries.values()]
    return held
      .slice(0, 50)
      .reduce<readonly Taint[]>(
        (all, one) => unionTaints(all, contentOf(machine, one, takesPaths, node, depth + 1)),
        [],
      )
  }
  if (value.kind === 'ref' && /^builtins\.open\(\)(\.(read\w*))?$/.test(value.name))
    return unionTaints(
      fileOrigins(value.about, node),
      writtenOf(machine, value.about ?? UNKNOWN),
    ).filter((taint) => taint.source !== 'network')
  const text = takesPaths ? textOf(value) : undefined
  if (text === undefined) return []
  const held = writtenOf(machine, value).filter(({ source }) => source === 'credentials')
  return isCredentialPath(text) ? unionTaints(fileOrigins(value, node), held) : held
}

function addressOf(name: string, given: Arguments): Value | undefined {
  const named = given.named.get('url') ?? given.named.get('address') ?? given.named.get('uri')
  if (named !== undefined) return named
  const [first, second] = given.plain
  if (/\.(request|stream)$/.test(name) && !/^http\.client/.test(name)) return second ?? first
  if (/^http\.client/.test(name)) return second
  // connect((host, port))
  return first?.kind === 'list' ? first.items[0] : first
}

function bodiesOf(name: string, given: Arguments, isSend: boolean): Value[] {
  const bodies = BODIES.flatMap((key) => given.named.get(key) ?? [])
  if (isSend) bodies.push(...given.plain)
  else if (name.startsWith('webbrowser.')) return bodies
  else if (/\.(post|put|patch)$/.test(name) || /^urllib\.request\.(urlopen|Request)$/.test(name))
    bodies.push(...given.plain.slice(1))
  else if (/\.(request|stream)$/.test(name)) bodies.push(...given.plain.slice(2, 4))
  // A request object that was made before carries its body.
  const [first] = given.plain
  if (first?.kind === 'ref' && first.name === 'urllib.request.Request()') bodies.push(first)
  const headers = given.named.get('headers')
  const secret =
    headers === undefined
      ? []
      : taintsOf(headers).filter(
          (taint) =>
            !taint.weak &&
            (taint.source === 'credentials' ||
              isWholeEnvironment(taint) ||
              hasOwnService(variableOf(taint))),
        )
  if (secret.length > 0) bodies.push({ ...UNKNOWN, taints: secret })
  return bodies
}

const variableOf = (taint: Taint): string =>
  /the variable (\w+)$/.exec(taint.steps[0]?.label ?? '')?.[1] ?? ''

const isWholeEnvironment = (taint: Taint): boolean =>
  taint.source === 'environment' && taint.steps[0]?.label === 'reads the environment'

/** A name that is asked of DNS says something only when it was made of pieces. */
function urlTaints(name: string, address: Value): readonly Taint[] {
  const taints = taintsOf(address)
  if (/gethostby|getaddrinfo|connect(_ex)?$|create_connection$|open_connection$/.test(name))
    return address.kind === 'partial' && /\.[a-z]{2,}$/i.test(address.value) ? taints : []
  return taints
}

/** Whether an origin has no business in what is sent. */
export function leaks(
  taint: Taint,
  url: string | undefined,
  place: string | undefined,
  address: Value | undefined,
  sent: readonly Taint[],
  sender?: string,
): boolean {
  if (url !== undefined && isMachineService(url)) return false
  switch (taint.source) {
    case 'environment': {
      if (taint.weak) return place !== undefined
      const variable = /the variable (\w+)$/.exec(taint.steps[0]?.label ?? '')?.[1]
      if (variable !== undefined && sender !== undefined) return !TRACKERS.test(sender)
      return (
        variable === undefined ||
        place !== undefined ||
        (url !== undefined && !isOwnService(variable, url) && /^https?:\/\/[\w.-]+/.test(url))
      )
    }
    case 'credentials':
      return !taint.weak
    case 'host':
      return !taint.weak && (sender === undefined || !TRACKERS.test(sender))
    case 'file':
      return sent.includes(taint)
    // A hidden address; bytes in a body are often just bytes.
    case 'decoded':
      return address !== undefined && !taint.weak && taintsOf(address).includes(taint)
    case 'input':
      if (/^(records|is meant for)/.test(taint.steps[0]?.label ?? ''))
        return place !== undefined || (url !== undefined && !isWellKnownService(url))
      return taint.steps[0]?.label === 'reads the clipboard'
    default:
      return false
  }
}

function checkVerification(
  machine: Machine,
  given: Arguments,
  bodies: readonly Value[],
  node: Node,
): void {
  const verify = given.named.get('verify') ?? given.named.get('verify_ssl')
  if (verify?.kind !== 'bool' || verify.value) return
  const isSecret = ({ source }: Taint): boolean => /^(environment|credentials)$/.test(source)
  const carries =
    taintsOf(given.named.get('headers') ?? UNKNOWN).some(isSecret) ||
    bodies.length > 0 ||
    given.named.has('auth') ||
    given.named.has('cookies')
  if (carries)
    machine.report({
      name: 'threat.security-off',
      node,
      detail: { how: 'sends data without checking the certificate' },
    })
}

/** Downloads that write their file themselves. */
function noteDownload(machine: Machine, name: string, given: Arguments, node: Node): void {
  if (
    !/^(urllib\.request\.urlretrieve|wget\.download|urllib\.request\.URLopener\(\)\.retrieve)$/.test(
      name,
    )
  )
    return
  const path =
    given.plain[1] ?? given.named.get('filename') ?? given.named.get('out') ?? textValue('str', '')
  const key = textOf(path) ?? (path.kind === 'ref' ? path.name : undefined)
  if (key === undefined || key === '') return
  machine.notes.written.set(key, [
    {
      source: 'network',
      weak: false,
      steps: [{ role: 'source', label: `downloads by ${name}`, start: node.from, end: node.to }],
    },
  ])
}
