import { isCredentialPath } from '../places'
import { commandThreats, STARTUP_PATH, VITAL_PATH } from './commands'
import type { Machine } from './machine'
import type { Node } from './node'
import { sourceOf } from './programs'
import { reportFlow } from './report-flow'
import { DESTRUCTIVE } from './sinks'
import { deepTaints, HOLE, hintOf, taint, textOf, UNKNOWN, type Value } from './value'

/** A workflow that hands all secrets of a repository on, or takes orders on a machine of its own. */
const STEALS_SECRETS =
  /toJSON\(\s*secrets\s*\)|\$\{\{\s*secrets\.[^}]{1,60}\}\}[^\n]{0,200}https?:\/\/|https?:\/\/[^\n]{0,200}\$\{\{\s*secrets\./

export function foundWrite(m: Machine, path: string, args: readonly Value[], at: Node): void {
  const moves = /rename|copy|symlink|move/i.test(path)
  const target = (moves ? args[1] : args[0]) ?? UNKNOWN
  const where = (
    textOf(target) ??
    target.hint ??
    (target.path === '#os.homedir()' ? '~' : '')
  ).replace(/\\+/g, '\\')
  const end = where.split(HOLE).join('*')
  if (DESTRUCTIVE.has(path)) {
    if (VITAL_PATH.test(end) && end !== '*') m.see('threat.destructive', at)
    return
  }
  if (STARTUP_PATH.test(end) && !/unlink/.test(path)) m.see('threat.persistence', at)
  if (/^\/dev\/(sd|hd|nvme|disk)/.test(where)) m.see('threat.destructive', at)
  if (/(?:\.\.[\\/]){3,}(?:etc|usr|bin|root|home|tmp|windows|var|Users)\b/i.test(where))
    m.see('threat.path-traversal', at)
  if (
    /[\\/]node_modules[\\/](?:electron|discord)|app\.asar\b.*index\.js|resources[\\/]app(?:\.asar)?[\\/]/i.test(
      where,
    ) &&
    !path.includes('chmod')
  )
    m.see('threat.persistence', at)
  if (
    /[\\/]node_modules[\\/](?:ethers|web3|@solana|bitcoinjs-lib|tronweb|bip39|axios|express|react-dom|next)[\\/]/.test(
      where,
    )
  )
    m.see('threat.persistence', at)
  const data = moves ? UNKNOWN : (args[1] ?? UNKNOWN)
  const content = hintOf(data) ?? ''
  if (/\.(?:sh|bash|command|bat|cmd|ps1|vbs|vbe|hta|wsf)$/i.test(where))
    for (const threat of commandThreats(content)) m.see(threat, at)
  // Settings that make npm start something, or take packages from somewhere else.
  if (
    /\.npmrc$/.test(where) &&
    /^\s*(?:script-shell|node-options|git)\s*=|^\s*registry\s*=\s*https?:\/\/(?!registry\.(?:npmjs\.org|yarnpkg\.com|npmmirror\.com))/m.test(
      content,
    )
  )
    m.see('threat.persistence', at)
  const copied = moves ? hintOf(args[0] ?? UNKNOWN) : undefined
  if (
    copied !== undefined &&
    !/\.env/.test(copied) &&
    isCredentialPath(copied.replaceAll(HOLE, ''))
  )
    reportFlow(
      m,
      taint('credentials', 'copies a file with secrets', at, copied),
      'file-write',
      at,
      'writes it to a file',
    )
  if (/\.github[\\/]workflows[\\/]/.test(where) && STEALS_SECRETS.test(content))
    m.see('threat.persistence', at)
  const taints = deepTaints(data)
  for (const one of taints)
    if (['credentials', 'network', 'decoded', 'file'].includes(one.source) && !one.weak)
      reportFlow(m, one, 'file-write', at, 'writes it to a file')
  const key =
    where.split(HOLE).join('').length > 3 && !where.includes(HOLE)
      ? where
      : sourceOf(m, at, moves ? 1 : 0)
  // Started first, written then: a program that starts itself again, or its children.
  if (
    where.length > 4 &&
    !where.includes(HOLE) &&
    taints.some((one) => one.source === 'network' || one.source === 'decoded') &&
    m.started.some((command) => command.includes(where))
  )
    m.see('threat.download-and-run', at)
  if (key !== '')
    m.written.push({
      key,
      start: at.start,
      end: at.end,
      taints: path.includes('chmod') ? [] : taints,
    })
}
