import { dropSite, rawAddress } from '../places'

/** What paths and addresses mean to a shell command. */

/** Installers that their makers tell people to pipe into a shell; fetched over TLS only. */
const INSTALLERS: readonly RegExp[] = [
  /^(sh|win)\.rustup\.rs(\/|$)/,
  /^static\.rust-lang\.org\//,
  /^(deb|rpm)\.nodesource\.com\//,
  /^get\.docker\.com(\/|$)/,
  /^(get|install)\.pnpm\.io\//,
  /^(astral\.sh|bun\.sh|bun\.com|deno\.land|brew\.sh|ollama\.com|mise\.run|dot\.net|get\.k3s\.io|get\.helm\.sh|get\.sdkman\.io|get\.rvm\.io|get\.scoop\.sh|starship\.rs|volta\.sh|sh\.uv\.dev)(\/|$)/,
  /^(get\.volta\.sh|fnm\.vercel\.app|install\.python-poetry\.org|install\.julialang\.org|install\.determinate\.systems|nixos\.org|releases\.nixos\.org|get-ghcup\.haskell\.org|install\.duckdb\.org|install\.meteor\.com|cli\.run\.nu|sdk\.cloud\.google\.com|aka\.ms)(\/|$)/,
  /^(bootstrap\.pypa\.io|repo\.anaconda\.com|repo\.continuum\.io|pyenv\.run|yarnpkg\.com|apt\.llvm\.org|packages\.microsoft\.com|download\.docker\.com|awscli\.amazonaws\.com|cli\.github\.com|community\.chocolatey\.org|chocolatey\.org|developer\.download\.nvidia\.com|archive\.apache\.org|downloads\.apache\.org|dl\.google\.com|storage\.googleapis\.com\/bazel|go\.dev\/dl|golang\.org\/dl)(\/|$)/,
  /^raw\.githubusercontent\.com\/(nvm-sh|creationix|homebrew|ohmyzsh|robbyrussell|rancher|helm|kubernetes|pypa|pyenv|tj|junegunn|conda-forge|docker|golangci|aquasecurity|anchore|open-policy-agent|reviewdog|nektos|mamba-org|rustwasm|ros|microsoft|actions)\//i,
  /^github\.com\/(conda-forge|docker|kubernetes|helm|pypa|astral-sh|mamba-org|microsoft|nodejs|cli|golangci|bazelbuild)\//i,
]

export type StartFile = 'shell' | 'cron' | 'service' | 'keys' | 'preload' | 'sudo'

/** Kind of a file that something runs or obeys at the next login or start. */
export function startFileOf(path: string): StartFile | undefined {
  if (
    /(^|\/)\.(bashrc|bash_profile|bash_login|bash_logout|profile|zshrc|zprofile|zshenv|kshrc|xinitrc|xprofile)$|^\/etc\/(profile(\.d\/.+)?|bash\.bashrc|environment|zsh\/.+|rc\.local|init\.d\/.+|update-motd\.d\/.+|udev\/rules\.d\/.+|apt\/apt\.conf\.d\/.+|NetworkManager\/dispatcher\.d\/.+|network\/if-up\.d\/.+|xdg\/autostart\/.+)$/.test(
      path,
    )
  )
    return 'shell'
  if (/^\/etc\/(cron(tab|\.\w+\/.+|\.d\/.+)|anacrontab)$|^\/var\/spool\/cron\//.test(path))
    return 'cron'
  if (
    /\/systemd\/(system|user)\/[^/]+\.(service|timer)$|\/\.config\/autostart\/|\/Launch(Agents|Daemons)\//.test(
      path,
    )
  )
    return 'service'
  if (/(^|\/)\.ssh\/(authorized_keys2?|rc)$/.test(path)) return 'keys'
  if (path === '/etc/ld.so.preload') return 'preload'
  return /^\/etc\/sudoers(\.d\/|$)/.test(path) ? 'sudo' : undefined
}

export interface Address {
  url: string
  /** Host and path, without scheme and user. */
  bare: string
  host: string
  secure: boolean
}

/** An address as curl and wget take it, or undefined for other words. */
export function addressOf(text: string): Address | undefined {
  const match =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^@/\s]*@)?(\[[0-9a-f:]+\]|[a-z0-9_.-]+)(:\d+)?([/?#]\S*)?$/i.exec(
      text,
    )
  const host = match?.[2]
  if (match === null || host === undefined) return undefined
  const scheme = match[1]?.toLowerCase()
  if (scheme === undefined && !/\.[a-z]{2,}$|^\d{1,3}(\.\d{1,3}){3}$/i.test(host)) return undefined
  return {
    url: text,
    bare: `${host.toLowerCase()}${match[4] ?? ''}`,
    host: host.toLowerCase(),
    secure: scheme === 'https',
  }
}

export const isInstaller = (address: Address): boolean =>
  address.secure && INSTALLERS.some((installer) => installer.test(address.bare))

/** A drop, a tunnel, or a public address without a name. */
export const isExfiltrationHost = ({ host, bare }: Address): boolean =>
  dropSite(bare) !== undefined || rawAddress(host) !== undefined
