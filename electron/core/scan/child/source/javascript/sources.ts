import { isCredentialPath } from '../places'
import { HOLE, type Taint, taint, type Value } from './value'

/** Environment variables that hold something to keep secret. */
const SECRET_NAME =
  /(?:^|_)(TOKEN|SECRETS?|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|PRIVATE|MNEMONIC|SEED|COOKIE|SESSION_KEY|ACCESS_KEY(_ID)?|APIKEY|API_KEY|AUTH|PAT|KEY|DATABASE_URL|DB_PASS|MONGO(DB)?_URI|REDIS_URL)(?:_|$)/i
/** Names that look like it and are public by design. */
const PUBLIC_NAME =
  /^(VITE|NEXT_PUBLIC|REACT_APP|PUBLIC|EXPO_PUBLIC|GATSBY|NUXT_PUBLIC|VUE_APP|NG_APP)_|PUBLIC_KEY|_KEY_(ID|NAME|PATH|FILE)$|^KEY(BOARD|_)|_AUTHOR/i

/** Paths of files that hold secrets: keys, tokens, browser profiles, wallets. */
export const CREDENTIAL_PATH =
  /\.ssh[\\/]?(?:$|[\\/'"\s\ufffc]|id_)|\bid_(?:rsa|ed25519|ecdsa|dsa)\b|\.aws[\\/](?:credentials|config)|\.(?:npmrc|pypirc|netrc|git-credentials|pgpass|dockercfg|vault-token)\b|\.docker[\\/]config\.json|\.kube[\\/]config|\.config[\\/](?:gcloud|gh|hub)\b|application_default_credentials|\/etc\/(?:shadow|passwd|sudoers)|Login Data|Local State|logins\.json|key[34]\.db|cookies\.sqlite|[\\/]Cookies\b|Local Storage[\\/]leveldb|leveldb|wallet\.dat|\.(?:electrum|bitcoin|ethereum|exodus|solana)\b|Exodus|keystore|nkbihfbeogaeaoehlefnkodbefgpgknn|Library[\\/]Keychains|\.keychain|\.gnupg|\.huggingface[\\/]token|huggingface[\\/]token|(?:^|[\\/\ufffc])\.env(?:$|[.\s'"])|\.bash_history|\.zsh_history|discord[\\/]Local|\/proc\/[^/\s]{1,20}\/environ|serviceaccount\/token/i

/** Patterns for whole folders of such files. */
const SECRET_GLOB = /(?:^|[{,*/.])(?:env|pem|keystore|wallet|id_rsa|sol)(?=[},*]|$)/

export const isSecretPath = (path: string): boolean =>
  CREDENTIAL_PATH.test(path) ||
  (path.includes('*') && SECRET_GLOB.test(path)) ||
  isCredentialPath(path.replaceAll(HOLE, ''))

/** A source that is read by naming it. */
export function pathSource(path: string, at: { start: number; end: number }): Taint | undefined {
  if (path.startsWith('process.env.')) return environmentVariable(path.slice(12), at)
  if (path.startsWith('#process.env.')) return environmentVariable(path.slice(13), at)
  if (/^(?:local|session)Storage\.(?!setItem|getItem|removeItem|clear|key$|length)/.test(path))
    return taint('credentials', 'reads what the page stores', at, 'storage')
  if (WHOLE_ENVIRONMENT.has(path)) return taint('environment', 'reads the environment', at)
  switch (path) {
    case 'localStorage':
    case 'sessionStorage':
      return taint('credentials', 'reads all that the page stores', at, 'whole-storage')
    case 'document.forms':
      return taint('credentials', 'reads all forms', at, 'all-forms')
    case 'location.hash':
    case 'location.search':
      return taint('input', 'reads the address of the page', at, 'address')
    case 'document.cookie':
      return taint('credentials', 'reads the cookies of the page', at, 'cookie')
    case 'process.argv.*':
      return taint('input', 'reads an argument of the command line', at, 'argument')
    default:
      return undefined
  }
}

function environmentVariable(name: string, at: { start: number; end: number }): Taint | undefined {
  if (name === '*') return undefined
  return isSecretName(name)
    ? taint('environment', `reads the variable ${name}`, at, name)
    : undefined
}

export const isSecretName = (name: string): boolean =>
  SECRET_NAME.test(name) && !PUBLIC_NAME.test(name)

/** Paths that stand for all of the environment when they are passed on whole. */
export const WHOLE_ENVIRONMENT = new Set(['process.env', 'Bun.env', 'Deno.env'])
export const isWholeEnvironment = ({ path }: Value): boolean =>
  path !== undefined && WHOLE_ENVIRONMENT.has(path)

/** Names of the members of an object are less than what it holds. */
export const namesIn = (value: Value, at: { start: number; end: number }): readonly Taint[] =>
  isWholeEnvironment(value)
    ? [taint('names', 'lists the variables', at)]
    : value.taints.filter((one) => one.what !== 'whole-storage')

/** One variable, read by its name out of a copy of the environment, is no longer all of it. */
export function narrowed(
  taints: readonly Taint[],
  key: string,
  at: { start: number; end: number },
): readonly Taint[] {
  if (taints.length === 0 || !/^[A-Z][A-Z0-9_]+$/.test(key)) return taints
  return taints.flatMap((one) => {
    if (one.source !== 'environment' || one.what !== '*') return [one]
    const variable = environmentVariable(key, at)
    return variable === undefined ? [] : [variable]
  })
}

/** Whether all of the environment is in an object, or in an object of that object. */
export function holdsEnvironment({ shape }: Value, depth = 0): boolean {
  for (const held of [...(shape?.items ?? shape?.properties.values() ?? [])].slice(0, 64))
    if (
      (held.path !== undefined && WHOLE_ENVIRONMENT.has(held.path)) ||
      (depth < 2 && holdsEnvironment(held, depth + 1))
    )
      return true
  return false
}

/** What calling something gives, by path. */
export interface CallSource {
  source: Taint['source']
  label: string
  /** Index of the callback's parameter that gets it; the result gets it as well. */
  callback?: number
  what?: string
  /** All parameters of the callback up to that index get it. */
  every?: true
}

const network = (label: string, callback?: number): CallSource => ({
  source: 'network',
  label,
  ...(callback !== undefined && { callback }),
})
const host = (label: string): CallSource => ({ source: 'host', label })
const file = (callback?: number): CallSource => ({
  source: 'file',
  label: 'reads a file',
  ...(callback !== undefined && { callback }),
})

const folder = (callback?: number): CallSource => ({
  source: 'names',
  label: 'lists a folder',
  ...(callback !== undefined && { callback }),
})

/** Cookies of all sites, and forms on their way to a site. */
const PRIVATE = [
  ...['chrome', 'browser'].flatMap((api) => [
    `${api}.cookies.getAll`,
    `${api}.webRequest.onBeforeRequest.addListener`,
    `${api}.webRequest.onBeforeSendHeaders.addListener`,
  ]),
  '#electron.session.defaultSession.cookies.get',
]
const NETWORK_OBJECTS =
  '#undici.Pool().request #undici.Client().request #undici.Agent().request #undici.stream #electron.net.fetch #electron.net.request #got.stream #got.stream.get #got.stream.post #got.stream.put #socket.io-client.connect #node-fetch.default #superagent #ky #ky.get #bent() #http2.connect().request'.split(
    ' ',
  )

export const ACTION_INPUT = 'reads an input of an action'

const ANSWER = 'gets an answer from the network'
const CALL_SOURCES: ReadonlyMap<string, CallSource> = new Map<string, CallSource>([
  ['fetch', network(ANSWER)],
  ['#node-fetch', network(ANSWER)],
  ['#cross-fetch', network(ANSWER)],
  ['#isomorphic-fetch', network(ANSWER)],
  ['#undici.fetch', network(ANSWER)],
  ['#undici.request', network(ANSWER)],
  ['axios', network(ANSWER)],
  ...['get', 'post', 'request', 'put'].flatMap((verb): [string, CallSource][] => [
    [`#axios.${verb}`, network(ANSWER)],
    [`axios.${verb}`, network(ANSWER)],
    [`#got.${verb}`, network(ANSWER)],
    [`#superagent.${verb}`, network(ANSWER, 1)],
    [`#needle.${verb}`, network(ANSWER, 1)],
    [`#request.${verb}`, network(ANSWER, 2)],
    [`$.${verb}`, network(ANSWER, 0)],
    [`jQuery.${verb}`, network(ANSWER, 0)],
  ]),
  ['#axios', network(ANSWER)],
  ['#got', network(ANSWER)],
  ['#needle', network(ANSWER, 1)],
  ['#phin', network(ANSWER)],
  ['#request', network(ANSWER, 2)],
  ['#request-promise', network(ANSWER)],
  ['$.getJSON', network(ANSWER, 0)],
  ['$.ajax', network(ANSWER, 0)],
  ['#http.get', network(ANSWER, 0)],
  ['#http.request', network(ANSWER, 0)],
  ['#https.get', network(ANSWER, 0)],
  ['#https.request', network(ANSWER, 0)],
  ['#follow-redirects.https.get', network(ANSWER, 0)],
  ['#follow-redirects.http.get', network(ANSWER, 0)],
  ['#net.connect', network('reads a socket')],
  ['#net.createConnection', network('reads a socket')],
  ['#net.Socket', network('reads a socket')],
  ['#tls.connect', network('reads a socket')],
  ['#http.createServer', network('is sent by a client', 0)],
  ['#https.createServer', network('is sent by a client', 0)],
  ['#crypto.createDecipheriv', { source: 'decoded', label: 'decodes encrypted data' }],
  ['#crypto.createDecipher', { source: 'decoded', label: 'decodes encrypted data' }],
  ['#net.createServer', network('accepts a connection', 0)],
  ['#dgram.createSocket', network('reads a socket')],
  ['#http2.connect', network('reads a socket')],
  ['#dns.resolveTxt', network('reads a DNS record', 1)],
  ['#dns.resolve', network('reads a DNS record', 1)],
  ['#ws', network('reads a WebSocket')],
  ['#ws.WebSocket', network('reads a WebSocket')],
  ['WebSocket', network('reads a WebSocket')],
  ['EventSource', network('reads an event stream')],
  ['XMLHttpRequest', network(ANSWER)],
  ['#socket.io-client', network('reads a WebSocket')],
  ['#socket.io-client.io', network('reads a WebSocket')],
  ['Deno.connect', network('reads a socket')],
  ['Bun.connect', network('reads a socket')],
  ['#os.hostname', host('reads the host name')],
  ['#os.userInfo', host('reads the user')],
  ['#os.networkInterfaces', host('reads the network interfaces')],
  ['Deno.hostname', host('reads the host name')],
  ['#public-ip', host('reads the public address')],
  ['#fs.readFile', file(1)],
  ['#fs.readFileSync', file()],
  ['#fs.createReadStream', file()],
  ['#fs.readJson', file()],
  ['#fs.readJsonSync', file()],
  ['#fs.readJSONSync', file()],
  ['Deno.readTextFile', file()],
  ['Deno.readTextFileSync', file()],
  ['Deno.readFile', file()],
  ['Bun.file', file()],
  ['#clipboardy.read', { source: 'input', label: 'reads the clipboard', what: 'clipboard' }],
  ['#clipboardy.readSync', { source: 'input', label: 'reads the clipboard', what: 'clipboard' }],
  [
    '#electron.clipboard.readText',
    { source: 'input', label: 'reads the clipboard', what: 'clipboard' },
  ],
  [
    'navigator.clipboard.readText',
    { source: 'input', label: 'reads the clipboard', what: 'clipboard' },
  ],
  ['Deno.env.toObject', { source: 'environment', label: 'reads the environment' }],
  ['Bun.env.toJSON', { source: 'environment', label: 'reads the environment' }],
  ['process.report.getReport', { source: 'environment', label: 'reads the environment' }],
  ...['#vscode.env.clipboard.readText', '#clipboardy.default.read'].map(
    (path): [string, CallSource] => [
      path,
      { source: 'input', label: 'reads the clipboard', what: 'clipboard' },
    ],
  ),
  // Folders: what is read by the names in them is worth what the folder is.
  ...'#fs.readdirSync #glob.sync #glob.globSync #glob.glob #glob #fast-glob #fast-glob.sync #globby #globby.globby #globby.globbySync #globby.sync #tiny-glob #tinyglobby.glob Deno.readDir Deno.readDirSync'
    .split(' ')
    .map((path): [string, CallSource] => [path, folder()]),
  ['#fs.readdir', folder(1)],
  ['#vscode.workspace.findFiles', folder()],
  [
    '#vscode.authentication.getSession',
    { source: 'credentials', label: 'asks for a session', what: 'key' },
  ],
  ['$fetch', network(ANSWER)],
  ['UrlFetchApp.fetch', network(ANSWER)],
  ['#vscode.workspace.fs.readFile', file()],
  ...PRIVATE.map((path): [string, CallSource] => [
    path,
    { source: 'credentials', label: 'reads what the browser keeps', callback: 0, what: 'browser' },
  ]),
  ...['chrome', 'browser'].map((api): [string, CallSource] => [
    `${api}.history.search`,
    { source: 'host', label: 'reads the history of the browser', callback: 0 },
  ]),
  ...['localStorage', 'sessionStorage'].map((store): [string, CallSource] => [
    `${store}.getItem`,
    { source: 'credentials', label: 'reads what the page stores', what: 'storage' },
  ]),
  ['#@actions/tool-cache.downloadTool', network('downloads a file')],
  ['#@actions/core.getInput', { source: 'environment', label: ACTION_INPUT }],
  ['#screenshot-desktop', host('takes a picture of the screen')],
  ['#electron.desktopCapturer.getSources', host('takes a picture of the screen')],
  ...NETWORK_OBJECTS.map((path): [string, CallSource] => [path, network(ANSWER)]),
  ['#dns.Resolver().resolveTxt', network('reads a DNS record', 1)],
])

/** Calls of objects whose members have names of their own. */
const PATTERNS: readonly (readonly [RegExp, CallSource])[] = [
  [
    /^#(?:openai|@anthropic-ai\/sdk|groq-sdk|ollama|@mistralai\/mistralai|@google\/(?:generative-ai|genai))\b.*\.(?:create|generateContent|generate|chat|complete|parse)$/,
    network('is written by a model'),
  ],
  [/^#@(?:huggingface|xenova)\/transformers\.pipeline\(\)$/, network('is written by a model')],
  [
    /^#@langchain\/[\w-]+\.Chat\w+\(\).*\.(?:invoke|call|predict)$/,
    network('is written by a model'),
  ],
  [
    /^#onnxruntime-(?:web|node)\.InferenceSession\.create\(\)\.run$/,
    network('comes out of a model'),
  ],
  [/^#ethers(?:\.ethers)?\.Contract\(\)\.\w+$/, network('reads it from a blockchain')],
  [
    /^#@octokit\/(?:rest|core)\.Octokit\(\)\.(?:(?:rest\.)?(?:gists|repos|issues)\.(?:get|list)\w*|request)$/,
    network('reads it from a repository'),
  ],
  // Chats and queues: somebody out there says what is done next.
  [
    /^#(?:discord\.js\.Client|node-telegram-bot-api|telegraf(?:\.Telegraf)?|grammy\.Bot|mqtt\.connect|irc\.Client|tmi\.js\.Client|@slack\/bolt\.App|redis\.createClient|ioredis|amqplib\.connect|nats\.connect|ws\.WebSocketServer|ws\.Server|socket\.io\.Server)\(\)\.(?:\w+\(\)\.)?(?:on|once|onText|hears|command|message|subscribe|consume|addListener)$/,
    { ...network('is sent by somebody', 1), every: true },
  ],
  [
    /^#(?:crypto-js(?:\.default)?\.(?:AES|DES|TripleDES|RC4|Rabbit)\.decrypt|lz-string(?:\.default)?\.decompress\w*|pako\.(?:inflate|inflateRaw|ungzip)|fflate\.\w+|(?:js-base64|base-64|base64-js|Base64)(?:\.\w+)*\.(?:decode|atob|toByteArray))$/,
    { source: 'decoded', label: 'decodes data' },
  ],
  [/^#web3\(\)\.eth\..*\.call$/, network('reads it from a blockchain')],
]

/** What a call of that path gives. */
export const callSource = (path: string): CallSource | undefined =>
  CALL_SOURCES.get(path) ??
  (path.startsWith('#') ? PATTERNS.find(([pattern]) => pattern.test(path))?.[1] : undefined)
