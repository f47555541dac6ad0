import type { ChildProcess } from 'node:child_process'
import type { Secrets } from './secrets'

/** What the core needs from whatever hosts it. Everything that a test must replay comes in here. */
export interface Platform {
  readonly host: 'electron' | 'loopback' | 'command-line'
  /** Account of the operating system: who the records say did something. */
  readonly user: string
  readonly paths: PlatformPaths
  /** Folders whose content the page may browse and scan; more are granted one by one. */
  readonly roots: readonly string[]
  /** Wall clock, for records. */
  now(): Date
  /** Milliseconds that only ever go up, for durations. */
  monotonic(): number
  randomId(): string
  /** Starts a child process of the product; rejects when its file is not the one that was built. */
  launch(child: ChildName, limits: LaunchLimits): Promise<Child>
  /** The same for a child that runs what it was given: confined by the system as far as it can. */
  launchConfined(child: ConfinedName, limits: ConfinedLimits): Promise<ConfinedChild>
  /** SHA-256 (hex) over the files of a child: another build may answer otherwise. */
  childBuild(child: ChildName | ConfinedName): string
  /** The workspace that the build made for new folders; undefined where it made none. */
  shippedTemplate(): ShippedTemplate | undefined
  /** What keeps keys from being read by others. */
  readonly secrets: Secrets
  /** The operating system's dialog, where there is one. */
  chooseFiles?(kind: 'file' | 'folder'): Promise<string[]>
  /** One line for the log of the host. Never a secret, never file content. */
  log(level: 'info' | 'error', message: string): void
}

export interface PlatformPaths {
  /** Database, settings, uploads. Created on start. */
  data: string
  /** resources/ of the product. */
  resources: string
  /** Built child bundles. */
  children: string
  /** The one-file verifier of passports, built. */
  verifier: string
}

export interface ShippedTemplate {
  file: string
  /** SHA-256 (hex) of the file. */
  sha256: string
  /** What it was made of: see `shippedContents` of the twin. */
  contents: string
}

export type ChildName = 'scan' | 'twin'
/** Children that run somebody's model. */
export type ConfinedName = 'benchmark'

export interface LaunchLimits {
  heapMegabytes: number
  /** Absolute paths the child may read. It can never start anything. */
  readable: readonly string[]
  /** Absolute paths the child may read and write; without them it writes nothing. */
  writable?: readonly string[]
  /** Ends with the host even while it computes, where the system can see to that (Linux). */
  tied?: boolean
}

export interface ConfinedLimits extends LaunchLimits {
  /** From start to end. */
  wallMs: number
  /** Resident memory; looked at every 20 ms on Linux. */
  residentBytes: number
  /** What the process may allocate (RLIMIT_DATA); Linux. */
  dataBytes: number
  /** Of all its threads (RLIMIT_CPU); Linux. */
  cpuSeconds: number
  /** Threads and processes (RLIMIT_NPROC); Linux, for users other than root. */
  threads: number
  /** The only core that it runs on (Linux, taskset); left to the system where absent. */
  core?: number | undefined
}

/** A running child. Messages are JSON; whoever receives them validates them. */
export interface Child {
  readonly process: ChildProcess
  send(message: object): void
  /** Replaces the listener. */
  onMessage(listener: (message: unknown) => void): void
  /** Calls every listener once, when the process is gone, with a sentence about how it ended. */
  onExit(listener: (ending: ChildEnding) => void): void
  /** Ends the process at once. Resolves when it is gone. */
  kill(): Promise<void>
}

export interface ConfinedChild extends Child {
  readonly network: NetworkIsolation
  /** Highest resident memory seen from outside; null where it cannot be seen. */
  peakResidentBytes(): number | null
}

export interface NetworkIsolation {
  isolated: boolean
  by: 'unshare' | 'sandbox-exec' | null
  /** Why not, when it is not. */
  reason: string | null
}

export interface ChildEnding {
  kind: 'ok' | 'killed' | 'timeout' | 'out-of-memory' | 'crash'
  sentence: string
  /** The signal that ended it, if one did. */
  signal: string | null
}
