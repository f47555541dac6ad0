// Makes the workspace that new data folders start with: a console of its own fills its workspace with
// the sample marketplace, as on a first start without one. Called by build.mjs with the folder to write.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packWorkspace, shippedContents } from '../electron/core/backend/twin'
import { createConsole } from '../electron/core/console'
import { createNodePlatform } from '../electron/core/node-platform'
import type { Platform } from '../electron/core/platform'
import { createSettings } from '../electron/core/settings'

const [target = ''] = process.argv.slice(2)
const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'workspace-template-'))
const problems: string[] = []
const resources = join(root, 'resources')
const platform: Platform = {
  ...createNodePlatform({
    host: 'command-line',
    dataFolder: join(folder, 'data'),
    roots: [],
    node: process.execPath,
    bundleFolder: join(root, 'out/main'),
    resources,
    log: (level, message) => {
      if (level === 'error') problems.push(message)
    },
  }),
  // The one before this: what it was made by may have changed.
  shippedTemplate: () => undefined,
}
try {
  const settings = createSettings({
    file: join(folder, 'data/settings.json'),
    environment: {},
    flags: {},
  })
  const console = createConsole(platform, settings)
  const { link, sample, problem } = await console.backend.open().finally(() => console.close())
  if (link !== 'connected' || sample !== true || problems.length > 0)
    throw new Error([problem, ...problems].filter(Boolean).join('\n') || 'It was not filled.')
  const draft = join(folder, 'data/twin/packed.tar.gz')
  await packWorkspace(platform, draft)
  const bytes = readFileSync(draft)
  mkdirSync(target, { recursive: true })
  writeFileSync(join(target, 'workspace-template.tar.gz'), bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  writeFileSync(
    join(target, 'workspace-template.json'),
    `${JSON.stringify({ sha256, contents: shippedContents(resources) }, null, 2)}\n`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
