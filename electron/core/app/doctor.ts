import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ENGINES } from '@shared/benchmark/scales'
import type { DoctorCheck } from '@shared/contract/app'
import { engineFolder } from '../benchmark/engine-folders'
import { probeIsolation } from '../benchmark/isolation'
import { createMachineLock } from '../benchmark/machine-lock'
import type { Db } from '../database/open'
import type { Platform } from '../platform'
import { electronBinary, findOnPath } from './executables'

type Result = Omit<DoctorCheck, 'id' | 'title'>
const ok = (detail: string): Result => ({ result: 'ok', detail, fix: null })

const LOW_DISK_BYTES = 1024 ** 3
/** A scan process answers within a tenth of a second; a machine under load may need more. */
const CHILD_ANSWERS_MS = 10_000

/** Checks installation and safety. Each check is small, independent, and says what to do. */
export async function examine(platform: Platform, db: Db | undefined): Promise<DoctorCheck[]> {
  const checks: [id: string, title: string, run: () => Result | Promise<Result>][] = [
    ['runtime', 'Node', checkRuntime],
    ['database', 'Local database', () => checkDatabase(db)],
    ['data-folder', 'Data folder', () => checkDataFolder(platform.paths.data)],
    ['disk', 'Free disk', () => checkDisk(platform.paths.data)],
    ['children', 'Scan process', () => checkChild(platform)],
    ['isolation', 'Benchmark process', () => checkIsolation(platform)],
    ['engines', 'Engines', () => checkEngines(platform)],
    ['machine', 'Benchmarks of this machine', checkMachineLock],
    ['rules', 'Rule packs', () => checkRules(platform.paths.resources)],
    ['browser', 'Browser', checkBrowser],
    ['electron', 'Electron', () => checkElectron(platform)],
    ['user', 'User rights', checkUser],
  ]
  const results: DoctorCheck[] = []
  for (const [id, title, run] of checks) {
    try {
      results.push({ id, title, ...(await run()) })
    } catch (error) {
      results.push({
        id,
        title,
        result: 'failed',
        detail: (error as Error).message,
        fix: 'Reinstall the console; if it stays, report it with this text.',
      })
    }
  }
  return results
}

/** A: all ok; B: one or two warnings; C: more warnings; D: one failure; F: several. */
export function gradeChecks(checks: readonly DoctorCheck[]): 'A' | 'B' | 'C' | 'D' | 'F' {
  const count = (result: DoctorCheck['result']) =>
    checks.filter((check) => check.result === result).length
  if (count('failed') > 1) return 'F'
  if (count('failed') === 1) return 'D'
  if (count('warning') > 2) return 'C'
  return count('warning') > 0 ? 'B' : 'A'
}

function checkRuntime(): Result {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= 24)
    return ok(`Node ${process.versions.node} on ${process.platform}-${process.arch}.`)
  return {
    result: 'failed',
    detail: `This is Node ${process.versions.node}; the console runs on Node 24.`,
    fix: 'Start it with `npm start` or `npm run -s cli`, which bring Node 24.',
  }
}

function checkDatabase(db: Db | undefined): Result {
  if (db === undefined)
    return {
      result: 'failed',
      detail: 'The database could not be opened.',
      fix: 'If the data folder has failed too, mend that first; else move console.db away: a new one is made at the next start.',
    }
  const version = (db.prepare('SELECT sqlite_version() AS v').get() as { v: string }).v
  const check = db.pragma('quick_check(1)', { simple: true })
  if (check === 'ok')
    return ok(
      `SQLite ${version}, schema ${String(db.pragma('user_version', { simple: true }))}, no damage found.`,
    )
  return {
    result: 'failed',
    detail: `SQLite found damage: ${String(check)}.`,
    fix: 'Close the console and move console.db away; a new one is made at the next start.',
  }
}

function checkDataFolder(folder: string): Result {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    return {
      result: 'failed',
      detail: `${folder} is not a folder, and cannot be made one.`,
      fix: 'Choose another folder with --data-dir.',
    }
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    return {
      result: 'failed',
      detail: `${folder} cannot be written to.`,
      fix: 'Choose another folder with --data-dir.',
    }
  }
  if (process.platform !== 'win32' && (statSync(folder).mode & 0o077) !== 0)
    return {
      result: 'warning',
      detail: `${folder} can be read by other users of this computer.`,
      fix: `chmod 700 '${folder}'`,
    }
  return ok(`${folder}, only yours.`)
}

function checkDisk(folder: string): Result {
  const disk = statfsSync(folder)
  const free = disk.bavail * disk.bsize
  const text = `${(free / 1024 ** 3).toFixed(1)} GiB free.`
  if (free >= LOW_DISK_BYTES) return ok(text)
  return {
    result: 'warning',
    detail: text,
    fix: 'Free some disk space: uploads and reports need it.',
  }
}

async function checkChild(platform: Platform): Promise<Result> {
  const child = await platform.launch('scan', { heapMegabytes: 64, readable: [] })
  const silence = setTimeout(() => void child.kill(), CHILD_ANSWERS_MS)
  // Listing nothing is the smallest question: a process that only starts is not enough.
  const ending = await new Promise<string | undefined>((resolve) => {
    child.onMessage(() => resolve(undefined))
    child.onExit((how) => resolve(how.sentence))
    child.send({ type: 'walk', roots: [], maxFiles: 1 })
  })
  clearTimeout(silence)
  await child.kill()
  if (ending === undefined) return ok('Works, and is the file that was built (SHA-256).')
  return {
    result: 'failed',
    detail: `It was started but gave no answer: ${ending}.`,
    fix: 'Run `npm run build`, or reinstall the console.',
  }
}

async function checkIsolation(platform: Platform): Promise<Result> {
  const { isolated, by, reason } = await probeIsolation(platform)
  if (isolated) return ok(`Models that are measured reach no network (${by}).`)
  return {
    result: 'warning',
    detail: `Models that are measured could reach the network: ${reason}. Results say so.`,
    fix:
      process.platform === 'linux'
        ? 'Allow user namespaces (sysctl kernel.unprivileged_userns_clone=1), or measure only models that you trust.'
        : 'Measure only models that you trust.',
  }
}

function checkEngines({ paths }: Platform): Result {
  const missing = ENGINES.filter((name) => engineFolder(paths, name) === undefined)
  const here = ENGINES.filter((name) => !missing.includes(name))
  if (!here.includes('onnxruntime-node'))
    return {
      result: 'failed',
      detail: 'The library of onnxruntime-node is missing.',
      fix: 'Reinstall the console.',
    }
  const others = missing.length === 0 ? '' : ` Not installed: ${missing.join(', ')}.`
  return ok(`${here.join(', ')}.${others}`)
}

async function checkMachineLock(): Promise<Result> {
  return (await createMachineLock().isHeld())
    ? ok('A benchmark is under way; others wait for it.')
    : ok('None is under way.')
}

function checkRules(resources: string): Result {
  const index = join(resources, 'rules')
  if (existsSync(index)) return ok('Present.')
  return { result: 'failed', detail: `${index} is missing.`, fix: 'Reinstall the console.' }
}

function checkBrowser(): Result {
  const found = findOnPath(['xdg-open', 'open', 'chromium', 'google-chrome', 'firefox'])
  if (process.platform === 'win32' || found !== undefined)
    return ok(found ?? 'The default browser.')
  return {
    result: 'warning',
    detail: 'No browser was found on PATH.',
    fix: 'Open the printed address in a browser, or install one.',
  }
}

function checkElectron(platform: Platform): Result {
  if (platform.host === 'electron') return ok(`Electron ${process.versions.electron ?? ''}.`)
  const root = join(platform.paths.resources, '..')
  if (electronBinary(root) !== undefined) return ok('Its binary is present.')
  return {
    result: 'skipped',
    detail: 'The binary of Electron is not here; the console opens in a browser instead.',
    fix: 'npx install-electron, where the download is possible.',
  }
}

function checkUser(): Result {
  if (process.getuid?.() !== 0) return ok('Not an administrator.')
  return {
    result: 'warning',
    detail: 'The console runs as root.',
    fix: 'Run it as an ordinary user.',
  }
}
