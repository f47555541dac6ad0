import { hash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { type ChildDigests, launchChild, launchConfined } from './launch'
import type { Platform, ShippedTemplate } from './platform'
import { FILE_SECRETS } from './secrets'

export interface NodePlatformOptions {
  host: Platform['host']
  dataFolder: string
  roots: readonly string[]
  /** The product's Node 24 for child processes. */
  node: string
  /** Folder of the built main bundle, which holds the digests of the children. */
  bundleFolder: string
  /** Folder of the child bundles, where it is not beside the main bundle: plain Node reads no asar. */
  children?: string
  resources: string
  log?: Platform['log']
}

/** The platform on plain Node: loopback and the command line as they are, Electron with a few changes. */
export function createNodePlatform(options: NodePlatformOptions): Platform {
  const children = options.children ?? join(options.bundleFolder, '../children')
  let read: ChildDigests | undefined
  const digests = () => {
    read ??= JSON.parse(
      readFileSync(join(options.bundleFolder, 'children.json'), 'utf8'),
    ) as ChildDigests
    return read
  }
  const launchOptions = () => ({ node: options.node, folder: children, digests: digests() })
  return {
    host: options.host,
    user: accountName(),
    paths: {
      data: options.dataFolder,
      resources: options.resources,
      children,
      verifier: join(options.bundleFolder, '../verifier/passport-verifier.html'),
    },
    roots: options.roots,
    now: () => new Date(),
    monotonic: () => performance.now(),
    randomId: () => randomUUID(),
    secrets: FILE_SECRETS,
    launch: (name, limits) => launchChild(launchOptions(), name, limits),
    launchConfined: (name, limits) => launchConfined(launchOptions(), name, limits),
    childBuild: (name) => hash('sha256', JSON.stringify(digests()[name] ?? {})),
    shippedTemplate: () => readShippedTemplate(options.bundleFolder, children),
    log: options.log ?? ((level, message) => void process.stderr.write(`${level}: ${message}\n`)),
  }
}

/** The build writes it last, and not where a migration in the works does not run. */
function readShippedTemplate(bundleFolder: string, children: string): ShippedTemplate | undefined {
  const about = join(bundleFolder, 'workspace-template.json')
  if (!existsSync(about)) return undefined
  const { sha256, contents } = JSON.parse(readFileSync(about, 'utf8')) as ShippedTemplate
  return { file: join(children, 'workspace-template.tar.gz'), sha256, contents }
}

/** A container may run under a number that no account has; then the number is the name. */
function accountName(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`
  }
}

/** Where each system keeps data of applications. An empty variable is an unset one (XDG 0.8). */
export function defaultDataFolder(): string {
  const { env, platform } = process
  const base =
    platform === 'win32'
      ? env.APPDATA || join(homedir(), 'AppData/Roaming')
      : platform === 'darwin'
        ? join(homedir(), 'Library/Application Support')
        : env.XDG_DATA_HOME || join(homedir(), '.local/share')
  return join(base, 'prometheus-console')
}

/** The data folder of this run: the flag, then the environment, then the default. */
export function dataFolderOf(flag: string | undefined, environment: NodeJS.ProcessEnv): string {
  return resolve(flag ?? (environment.PROMETHEUS_DATA_DIR || defaultDataFolder()))
}
