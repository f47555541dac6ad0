import { join } from 'node:path'
import { examine, gradeChecks } from '../core/app/doctor'
import { ensureFolder } from '../core/data-folder'
import { type Db, openDatabase } from '../core/database/open'
import { createNodePlatform, dataFolderOf } from '../core/node-platform'
import { parseOptions } from './arguments'
import { text } from './messages'
import { styleFor } from './output/style'
import { choice, EXIT } from './usage'

const MARK = { ok: '✓', warning: '!', failed: '✗', skipped: '–' } as const
const COLOUR = { ok: 'green', warning: 'yellow', failed: 'red', skipped: 'gray' } as const

export async function run(args: string[], bundleFolder: string): Promise<number> {
  const { format, dataFolder } = parse(args)
  const platform = createNodePlatform({
    host: 'command-line',
    dataFolder,
    roots: [],
    node: process.execPath,
    bundleFolder,
    resources: join(bundleFolder, '../../resources'),
  })
  const db = tryOpen(dataFolder)
  const checks = await examine(platform, db)
  db?.close()
  const grade = gradeChecks(checks)
  if (format === 'json') process.stdout.write(`${JSON.stringify({ grade, checks }, null, 2)}\n`)
  else {
    const style = styleFor(process.stdout)
    for (const check of checks) {
      process.stdout.write(
        `${style(COLOUR[check.result], MARK[check.result])} ${check.title}: ${check.detail}\n`,
      )
      if (check.fix !== null) process.stdout.write(`    ${check.fix}\n`)
    }
    process.stdout.write(`${text.doctorGrade(grade)}\n`)
  }
  return checks.some((check) => check.result === 'failed') ? EXIT.error : EXIT.clean
}

/** Without a database the other checks still run; its own check then fails. */
function tryOpen(dataFolder: string): Db | undefined {
  try {
    ensureFolder(dataFolder)
    return openDatabase(join(dataFolder, 'console.db'))
  } catch {
    return undefined
  }
}

function parse(args: string[]) {
  const { values } = parseOptions('doctor', {
    args,
    options: { format: { type: 'string', default: 'text' }, 'data-dir': { type: 'string' } },
  })
  return {
    format: choice('--format', values.format, ['text', 'json']),
    dataFolder: dataFolderOf(values['data-dir'], process.env),
  }
}
