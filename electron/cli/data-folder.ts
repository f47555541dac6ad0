import { realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type ActivityLog, createActivityLog } from '../core/activity'
import { ensureFolder } from '../core/data-folder'
import { type Db, openDatabase } from '../core/database/open'
import type { Grants } from '../core/files'
import { createNodePlatform } from '../core/node-platform'
import type { Platform } from '../core/platform'
import { createSettings, type SettingsService } from '../core/settings'
import type { SettingFlags } from '../core/settings/flags'

export interface DataFolderOptions {
  dataFolder: string
  flags: SettingFlags
  bundleFolder: string
}

export interface DataFolder {
  platform: Platform
  settings: SettingsService
  db: Db
  activity: ActivityLog
}

/** The data folder of the console, beside one that may be open. */
export function openDataFolder(options: DataFolderOptions): DataFolder {
  const platform = createNodePlatform({
    host: 'command-line',
    dataFolder: options.dataFolder,
    roots: [],
    node: process.execPath,
    bundleFolder: options.bundleFolder,
    resources: join(options.bundleFolder, '../../resources'),
    // What goes wrong ends a command, and is printed once, as a sentence.
    log: () => {},
  })
  const settings = createSettings({
    file: join(options.dataFolder, 'settings.json'),
    environment: process.env,
    flags: options.flags,
  })
  ensureFolder(platform.paths.data)
  const db = openDatabase(join(platform.paths.data, 'console.db'))
  return { platform, settings, db, activity: createActivityLog(db, platform) }
}

/** Whoever types a path may read it, or the system says no. */
export const EVERYTHING: Grants = {
  roots: () => [],
  grant: () => {},
  allowed(path) {
    try {
      return realpathSync(path)
    } catch {
      return resolve(path)
    }
  },
}
