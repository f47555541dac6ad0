import type { Call, Machine, Program } from './machine'
import { addressOf } from './places'
import { NOTHING, originValue, UNKNOWN, type Value } from './stream'

/** Indexes and code hosts that packages are meant to come from. */
const INDEXES =
  /^(pypi\.org|files\.pythonhosted\.org|test\.pypi\.org|download\.pytorch\.org|pypi\.nvidia\.com|data\.pyg\.org|registry\.npmjs\.org|registry\.yarnpkg\.com|pypi\.ngc\.nvidia\.com|wheels\.vllm\.ai|flashinfer\.ai|pypi\.anaconda\.org|conda\.anaconda\.org|storage\.googleapis\.com|download\.openmmlab\.com)$/
const CODE_HOSTS =
  /^(github\.com|gitlab\.com|bitbucket\.org|codeload\.github\.com|huggingface\.co|raw\.githubusercontent\.com)$/

/**
 * Whether a place that packages come from is one that nobody else vouches for: without TLS, or on a
 * host that is neither a public index nor a code host.
 */
export function isStrangeSource(url: string): boolean {
  const bare = url.replace(/^(git|hg|svn|bzr)\+/, '')
  if (/^(git:|http:|ftp:)/.test(bare)) return !/^http:\/\/(localhost|127\.)/.test(bare)
  const address = addressOf(bare.replace(/^ssh:\/\/git@/, 'https://'))
  if (address === undefined || !/:\/\//.test(bare)) return false
  return !INDEXES.test(address.host) && !CODE_HOSTS.test(address.host)
}

const URL = /^(?:[\w.[\]-]+\s*@\s*)?((?:git|hg|svn|bzr)?\+?(?:https?|git|ssh|ftp):\/\/\S+)/

function install({ args, command }: Call, machine: Machine, indexes: RegExp): Value {
  if (!args.some(({ text }) => /^(install|add|i|wheel|download)$/.test(text))) return UNKNOWN
  for (const [at, arg] of args.entries()) {
    const option = /^(--[\w-]+|-[if])(?:=(.*))?$/.exec(arg.text)
    if (option?.[1] !== undefined && indexes.test(option[1])) {
      const url = option[2] ?? args[at + 1]?.text ?? ''
      if (isStrangeSource(url)) machine.report('threat.dependency-source', command)
    } else if (option?.[1] === '--trusted-host') machine.report('threat.security-off', command)
    else {
      const isValue =
        /^(--index-url|--extra-index-url|-i|-f|--find-links|--registry|--proxy)$/.test(
          args[at - 1]?.text ?? '',
        )
      const url = isValue ? undefined : URL.exec(arg.text)?.[1]
      if (url !== undefined && isStrangeSource(url))
        machine.report('threat.dependency-source', command)
    }
  }
  return UNKNOWN
}

/** `npx URL`: the package is fetched and started at once. */
function run({ args, command }: Call, machine: Machine): Value {
  const urls = args.map(({ text }) => URL.exec(text)?.[1]).filter((url) => url !== undefined)
  if (urls.some(isStrangeSource)) machine.report('threat.dependency-source', command)
  return UNKNOWN
}

const pip: Program = (call, machine) => {
  const words = call.args.map(({ text }) => text)
  const url = words.at(-1) ?? ''
  if (/^config set \S*(index-url|find-links)/.test(words.join(' ')) && isStrangeSource(url))
    machine.report('threat.dependency-source', call.command)
  return install(call, machine, /^(--index-url|--extra-index-url|-i|-f|--find-links)$/)
}
const npm: Program = (call, machine) => {
  const words = call.args.map(({ text }) => text).join(' ')
  if (/^config set strict-ssl false/.test(words))
    machine.report('threat.security-off', call.command)
  return install(call, machine, /^--registry$/)
}

const verify =
  (option: RegExp): Program =>
  ({ args }, machine) => {
    if (args.some(({ text }) => option.test(text))) machine.verified()
    return UNKNOWN
  }

/** Settings of every repository that name what Git starts by itself. */
const RUNS_BY_GIT =
  /^config .*--(global|system) .*\b(core\.(hookspath|fsmonitor|sshcommand|pager|askpass|editor)|init\.templatedir|filter\.[\w.]+\.(clean|smudge|process)|alias\.\w+ !)/i

/** Services that watch or guard a machine. */
const GUARDS =
  /^(auditd|apparmor|firewalld|ufw|clamav\S*|falcon-sensor|osqueryd|wazuh-agent|rsyslog|syslog|fail2ban|selinux\S*|mdatp)(\.service)?$/

/** Programs that turn a guard off when they are given this word. */
const turnOff =
  (word: RegExp): Program =>
  ({ args, command }, machine) => {
    if (args.some(({ text }) => word.test(text))) machine.report('threat.security-off', command)
    return UNKNOWN
  }

const CHECK = /^-\w*c\w*$|^--check$/

export const INSTALLERS: Readonly<Record<string, Program>> = {
  pip,
  pip3: pip,
  pipx: pip,
  uv: pip,
  poetry: pip,
  uvx: (call, machine) => run(call, machine),
  npx: (call, machine) => run(call, machine),
  bunx: (call, machine) => run(call, machine),
  npm,
  pnpm: npm,
  yarn: npm,
  git: ({ args, command }, machine) => {
    if (/^config .*http\.sslverify (false|0)/i.test(args.map(({ text }) => text).join(' ')))
      machine.report('threat.security-off', command)
    for (const [at, { text }] of args.entries()) {
      const value =
        /^core\.(?:fsmonitor|sshcommand|pager|askpass|editor|gitproxy)=([\s\S]+)$/i.exec(text)?.[1]
      if (value !== undefined && args[at - 1]?.text === '-c') machine.runText(value, command)
    }
    if (RUNS_BY_GIT.test(args.map(({ text }) => text).join(' ')))
      machine.report('threat.persistence', command)
    if (/^credential fill/.test(args.map(({ text }) => text).join(' ')))
      return originValue('credentials')
    return UNKNOWN
  },
  sha256sum: verify(CHECK),
  sha512sum: verify(CHECK),
  sha1sum: verify(CHECK),
  shasum: verify(CHECK),
  gpg: (call, machine) =>
    call.args.some(({ text }) => /^--export-secret-(sub)?keys$/.test(text))
      ? originValue('credentials')
      : verify(/^--verify$/)(call, machine),
  setenforce: turnOff(/^0$/),
  ufw: turnOff(/^disable$/),
  iptables: turnOff(/^(-F|--flush)$/),
  spctl: turnOff(/^--(master|global)-disable$/),
  csrutil: turnOff(/^disable$/),
  systemctl: ({ args, command }, machine) => {
    const [verb, ...units] = args.map(({ text }) => text).filter((text) => !text.startsWith('-'))
    if (/^(stop|disable|mask)$/.test(verb ?? '') && units.some((unit) => GUARDS.test(unit)))
      machine.report('threat.security-off', command)
    return NOTHING
  },
  gpgv: verify(/./),
  cosign: verify(/^verify/),
  minisign: verify(/^-\w*V/),
  crontab: ({ args, command, input, fed }, machine) => {
    const isListing = args.some(({ text }) => /^-[lr]$/.test(text))
    if (isListing) return UNKNOWN
    if (fed || args.length > 0)
      machine.report(
        'threat.persistence',
        command,
        fed && input.text !== '' ? `crontab: ${input.text.trim()}` : undefined,
      )
    return NOTHING
  },
  useradd: ({ args, command }, machine) => {
    const words = args.map(({ text }) => text).join(' ')
    if (/-\w*u\s*0\b/.test(words) && /-\w*o/.test(words))
      machine.report('threat.persistence', command)
    return NOTHING
  },
}
