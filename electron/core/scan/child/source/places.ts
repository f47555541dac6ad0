/** What paths and addresses mean, whatever language names them. */

/** A path with '/' only, the home folder as '~'. */
export function normalPath(text: string): string {
  return text
    .replaceAll('\\', '/')
    .replace(
      /^(\$HOME|\$\{HOME\}|%USERPROFILE%|\$env:USERPROFILE|\/home\/[^/]+|\/Users\/[^/]+|\/root|C:\/Users\/[^/]+)(?=\/|$)/i,
      '~',
    )
    .replace(/%APPDATA%|\$env:APPDATA/i, '~/AppData/Roaming')
    .replace(/%LOCALAPPDATA%|\$env:LOCALAPPDATA/i, '~/AppData/Local')
    .replace(/\/{2,}/g, '/')
}

/** Paths are shorter on every system (PATH_MAX, 4096 on Linux, counts bytes of the whole path). */
const LONGEST_PATH = 1000

/** Files that hold keys, passwords, cookies and wallets. */
const CREDENTIALS: readonly RegExp[] = [
  /(^|\/)\.ssh(\/|$)(?!known_hosts|config)/,
  /(^|\/)id_(rsa|dsa|ecdsa|ed25519)$/,
  /(^|\/)\.aws(\/(credentials|config))?\/?$/,
  /(^|\/)\.azure\/|(^|\/)\.config\/(gcloud|gh|hub|solana)(\/|$)|application_default_credentials\.json$/,
  /(^|\/)\.(netrc|pgpass|npmrc|pypirc|git-credentials|dockercfg|my\.cnf|vault-token)$/,
  /(^|\/)\.env(\.(?!example$|sample$|template$)\w+)?$/,
  /(^|\/)\.docker\/config\.json$|(^|\/)\.kube\/config$|(^|\/)\.gnupg(\/|$)/,
  /^\/etc\/(shadow|gshadow|sudoers|passwd|krb5\.keytab)$/,
  /(Login Data|Cookies|Web Data|Local State|key[34]\.db|logins\.json|cookies\.sqlite)$/,
  /(Google\/Chrome|Chromium|BraveSoftware|Microsoft\/Edge|Opera Software)\/?.*User Data|\.mozilla\/firefox|Mozilla\/Firefox\/Profiles|\.config\/google-chrome/,
  /(^|\/)(\.bitcoin|\.ethereum|\.electrum|Electrum|Exodus|exodus\.wallet|Ethereum\/keystore|\.solana|atomic\/Local Storage|wallet\.dat)(\/|$)/,
  /[Dd]iscord(canary|ptb)?\/Local Storage|Telegram Desktop\/tdata|\bleveldb(\/|$)/,
  /Library\/Keychains|[Kk]eychain-db|(^|\/)\.(bash|zsh|python|psql|mysql|sqlite|node_repl)_history$/,
  /(^|\/)\.ipython\/profile_\w+\/history\.sqlite$|(^|\/)\.config\/(rclone|doctl|op|sops)\/|(^|\/)\.(terraform\.d\/credentials|cargo\/credentials|gem\/credentials|composer\/auth|kaggle\/kaggle|wandb\/|databrickscfg)/,
  /(^|\/)(\.cache\/huggingface|\.?huggingface)\/(stored_)?tokens?$/,
  /^\/proc\/((self|\d+|\*)\/)?environ$/,
  /^\/content\/drive(\/My ?Drive)?\/?$/,
  // Sessions of coding agents.
  /(^|\/)\.(claude\/\.credentials\.json|codex\/auth\.json|gemini\/oauth_creds\.json|cursor\/mcp\.json)$|(^|\/)\.config\/github-copilot(\/|$)/,
  /^(\/var)?\/run\/secrets\//,
]

export function isCredentialPath(text: string): boolean {
  if (text.length > LONGEST_PATH) return false
  const path = normalPath(text)
  return !path.endsWith('.pub') && CREDENTIALS.some((pattern) => pattern.test(path))
}

/** Places that take what is sent to them without asking who sends it; tunnels to a private machine. */
const DROPS =
  /(?:^|\/\/|\.|@)((?:canary\.|ptb\.)?discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks|api\.telegram\.org\/bot[\w:-]*|webhook\.site|requestbin\.\w+|pipedream\.net|beeceptor\.com|requestcatcher\.com|hookbin\.com|postb\.in|pastebin\.com\/(?:api|raw)|paste\.ee|hastebin\.\w+|ghostbin\.\w+|ix\.io|termbin\.com|rentry\.co\/.*\/raw|transfer\.sh|anonfiles?\.\w+|file\.io|gofile\.io|catbox\.moe|bashupload\.\w+|0x0\.st|temp\.sh|ngrok\.(?:io|app|dev)|ngrok-free\.(?:app|dev)|trycloudflare\.com|serveo\.net|localhost\.run|loca\.lt|burpcollaborator\.net|oastify\.com|oast\.(?:fun|live|site|online|pro|me)|interact\.sh|interactsh\.com|dnslog\.\w+|ceye\.io|canarytokens\.(?:com|org)|duckdns\.org|hooks\.zapier\.com|grabify\.link|iplogger\.(?:org|com)|mockbin\.org|ipfs\.io\/ipns|onion)(?=[/:?#]|$)/i

/** The longest address that is looked at. */
const LONGEST_URL = 2000

/** The drop that an address or the name of a host belongs to. */
export const dropSite = (url: string): string | undefined =>
  DROPS.exec(url.slice(0, LONGEST_URL))?.[1]

const ADDRESS =
  /^(?:[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?=[/:?#]|$)/i

/**
 * A public address without a name. Addresses of one site (RFC 1918, 6598, 5735) and public resolvers
 * are none. Those of documentation (RFC 5737) are: what sends there was made to send somewhere.
 */
export function rawAddress(url: string): string | undefined {
  const match = ADDRESS.exec(url.slice(0, LONGEST_URL))
  if (match === null) return undefined
  const parts = match.slice(1).map(Number)
  const [a = 0, b = 0, c = 0] = parts
  if (parts.some((part) => part > 255)) return undefined
  const isPrivate =
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && (b === 168 || (b === 0 && c === 0))) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b <= 127)
  const isResolver =
    parts.every((part) => part === a) || (a === 8 && b === 8) || (a === 1 && b === 0)
  return isPrivate || isResolver ? undefined : parts.join('.')
}
