import { spawn } from 'node:child_process'
import { createHash, timingSafeEqual } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type {
  Child,
  ChildName,
  ConfinedChild,
  ConfinedLimits,
  ConfinedName,
  LaunchLimits,
} from '../platform'
import { accessFlags } from './access-flags'
import { confine, tieToHost } from './confine'
import { watchChild } from './watch'
import { wrapChild } from './wrap-child'

/** SHA-256 (hex) of every file of every child, by child and file name; written by the build. */
export type ChildDigests = Readonly<Record<string, Readonly<Record<string, string>>>>

export interface LaunchOptions {
  /** The product's own Node; the children never run in the host's runtime. */
  node: string
  /** Folder of the child bundles. */
  folder: string
  digests: ChildDigests
}

/**
 * Optimising PostgreSQL's WebAssembly while it runs takes 600 MB for the first minutes and both
 * processors, and makes short queries no faster (docs: ARCHITECTURE.md, "Local twin").
 */
const V8_FLAGS: Partial<Record<ChildName, readonly string[]>> = { twin: ['--liftoff-only'] }

/**
 * Starts a child: plain Node, its own files, an empty environment, access to the given paths and to
 * nothing else (Node permission model: no processes, no addons, no workers).
 */
export async function launchChild(
  options: LaunchOptions,
  name: ChildName,
  limits: LaunchLimits,
): Promise<Child> {
  const bundle = join(options.folder, `${name}.js`)
  const [program = options.node, ...rest] = [
    ...(limits.tied ? tieToHost() : []),
    options.node,
    ...permissions(verifiedFiles(options, name), limits),
    // A parser makes garbage only in its window buffer: small young generation, small process.
    '--max-semi-space-size=4',
    ...(V8_FLAGS[name] ?? []),
    bundle,
  ]
  const child = spawn(program, rest, {
    cwd: dirname(bundle),
    env: {},
    // Plain pipes with a JSON text a line. Node's own IPC channel trusts its peer: a child could end
    // the host with a line that is no JSON, or with one of Node's internal messages.
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  })
  return wrapChild(child, { kill: () => child.kill('SIGKILL') })
}

/**
 * Starts a child that runs what it was given, native code included. Addons get past Node's permission
 * model, so the system confines it as well, as far as it can: see `confine`. It sits in an empty folder
 * of its own, leads a process group of its own, and is watched until it is gone.
 */
export async function launchConfined(
  options: LaunchOptions,
  name: ConfinedName,
  limits: ConfinedLimits,
): Promise<ConfinedChild> {
  const files = verifiedFiles(options, name)
  const { command, network, whole, depth } = await confine(limits)
  const cwd = mkdtempSync(join(tmpdir(), 'prometheus-launch-'))
  const [program = options.node, ...rest] = [
    ...command,
    options.node,
    ...permissions(files, limits),
    '--allow-addons',
    // On one core, V8's helpers for compiling and collecting take it from the thread that is timed:
    // up to half of it in the first moments, on a machine that does nothing else.
    ...(limits.core === undefined ? [] : ['--single-threaded']),
    join(options.folder, `${name}.js`),
  ]
  const child = spawn(program, rest, {
    cwd,
    env: {},
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    // A group of its own; Windows has none, and would open a window of its own.
    detached: process.platform !== 'win32',
  })
  const killGroup = () => {
    try {
      // Windows knows no groups; the permission model has to be enough there.
      if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL')
      else process.kill(-child.pid, 'SIGKILL')
    } catch {
      // Nobody is left in the group.
    }
  }
  const watch = watchChild(child.pid, depth, limits, killGroup)
  child.once('exit', () => {
    watch.stop()
    // A namespace ends with its first process; elsewhere whoever was left behind is in the group.
    if (!whole) killGroup()
  })
  child.once('close', () => rmSync(cwd, { recursive: true, force: true }))
  return {
    ...wrapChild(child, { kill: killGroup, stopped: watch.reason }),
    network,
    peakResidentBytes: watch.peakResidentBytes,
  }
}

/** Paths of the child's files, each of them as it was built. */
function verifiedFiles({ folder, digests }: LaunchOptions, name: string): string[] {
  const files = Object.entries({ [`${name}.js`]: undefined, ...digests[name] })
  return files.map(([file, digest]) => {
    verifyFile(join(folder, file), digest)
    return join(folder, file)
  })
}

function permissions(files: readonly string[], limits: LaunchLimits): string[] {
  const writable = limits.writable ?? []
  return [
    '--permission',
    ...files.map((file) => `--allow-fs-read=${file}`),
    ...accessFlags('read', [...limits.readable, ...writable]),
    ...accessFlags('write', writable),
    `--max-old-space-size=${limits.heapMegabytes}`,
    '--no-warnings',
  ]
}

function verifyFile(path: string, expected: string | undefined): void {
  const actual = createHash('sha256').update(readFileSync(path)).digest()
  const wanted = Buffer.from(expected ?? '', 'hex')
  if (wanted.length !== actual.length || !timingSafeEqual(actual, wanted))
    throw new Error(
      `${path} is not the file that was built. Run \`npm run build\`, or reinstall the console.`,
    )
}
