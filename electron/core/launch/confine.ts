import { execFile } from 'node:child_process'
import { findOnPath } from '../app/executables'
import type { ConfinedLimits, NetworkIsolation } from '../platform'

export interface Confinement {
  /** What comes before the program and its arguments. */
  command: string[]
  network: NetworkIsolation
  /** A process namespace of its own: whatever is started inside ends with it. */
  whole: boolean
  /** Processes between the one that is started and the program. */
  depth: number
}

/** What this system can do, asked once: a container or a hardened kernel may forbid it. */
interface Means {
  /** Programs by absolute path, as far as they are here: the child's environment has no PATH. */
  tie: string[]
  isolate: string[]
  /** Absent where the process gets no namespace. */
  first?: string[]
  network: NetworkIsolation
}

/**
 * Namespaces of its own for network (none at all) and processes. The user namespace makes that
 * possible without being root, and takes root's rights away from a root that runs the console.
 */
const NAMESPACES = ['--map-root-user', '--net', '--pid', '--fork', '--kill-child']

/**
 * The first process of a namespace hears no signal that it does not handle, and abort() is one: a shell
 * takes that place, and says by its code (128 + n) how the program ended.
 */
const WAIT_FOR_IT = ['-c', '"$@"; exit $?', 'sh']

/** macOS: everything as before, but no network and no second process. */
const SANDBOX = '(version 1)(allow default)(deny network*)(deny process-fork)'

const PROBE_MS = 5000

let probed: Promise<Means> | undefined

export async function confine(limits: ConfinedLimits): Promise<Confinement> {
  probed ??= probe()
  const { tie, isolate, first, network } = await probed
  const whole = first !== undefined
  return {
    command: [
      ...pinned(limits),
      ...tie,
      ...isolate,
      ...resourceLimits(limits, whole),
      ...(first ?? []),
    ],
    network,
    whole,
    // unshare and the shell; everything else becomes what it starts.
    depth: whole ? 2 : 0,
  }
}

async function probe(): Promise<Means> {
  if (process.platform === 'linux') return probeLinux()
  const not = (reason: string): Means => ({ tie: [], isolate: [], network: notIsolated(reason) })
  if (process.platform !== 'darwin')
    return not('this system has no command that starts a program without network')
  const isolate = ['/usr/bin/sandbox-exec', '-p', SANDBOX]
  const reason = await failure([...isolate, '/usr/bin/true'])
  if (reason !== undefined) return not(reason)
  return { tie: [], isolate, network: { isolated: true, by: 'sandbox-exec', reason: null } }
}

/** A child is not to outlive a console that was killed: on Linux the kernel sees to it. */
export function tieToHost(): string[] {
  const setpriv = process.platform === 'linux' ? findOnPath(['setpriv']) : undefined
  return setpriv === undefined ? [] : [setpriv, '--pdeathsig', 'KILL', '--']
}

async function probeLinux(): Promise<Means> {
  const [unshare, sh, yes] = ['unshare', 'sh', 'true'].map((name) => findOnPath([name]))
  const tie = tieToHost()
  if (unshare === undefined || sh === undefined || yes === undefined)
    return { tie, isolate: [], network: notIsolated('unshare (util-linux) is not installed') }
  const isolate = [unshare, ...NAMESPACES, '--']
  const first = [sh, ...WAIT_FOR_IT]
  const reason = await failure([...tie, ...isolate, ...first, yes])
  if (reason !== undefined) return { tie, isolate: [], network: notIsolated(reason) }
  return { tie, isolate, first, network: { isolated: true, by: 'unshare', reason: null } }
}

const notIsolated = (reason: string): NetworkIsolation => ({ isolated: false, by: null, reason })

/** prlimit of util-linux. The number of processes counts per user, so only in a user namespace. */
function resourceLimits(limits: ConfinedLimits, whole: boolean): string[] {
  const prlimit = process.platform === 'linux' ? findOnPath(['prlimit']) : undefined
  if (prlimit === undefined) return []
  return [
    prlimit,
    `--data=${limits.dataBytes}`,
    `--cpu=${limits.cpuSeconds}:${limits.cpuSeconds + 5}`,
    '--core=0',
    ...(whole ? [`--nproc=${limits.threads}`] : []),
    '--',
  ]
}

/** taskset of util-linux becomes what it starts. */
function pinned({ core }: ConfinedLimits): string[] {
  const taskset =
    core !== undefined && process.platform === 'linux' ? findOnPath(['taskset']) : undefined
  return taskset === undefined ? [] : [taskset, '-c', String(core)]
}

/** Why the command does not work here; undefined when it does. */
function failure([program = '', ...rest]: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) =>
    execFile(program, rest, { timeout: PROBE_MS }, (error, _, stderr) =>
      resolve(
        error === null ? undefined : `${program}: ${stderr.trim() || error.message}`.slice(0, 300),
      ),
    ),
  )
}
