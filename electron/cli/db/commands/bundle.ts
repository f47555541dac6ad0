import { writeFileSync } from 'node:fs'
import { EXIT } from '../../usage'
import { bundle } from '../bundle'
import { text } from '../messages'
import { readMigrations } from '../migrations'
import type { DbOptions } from '../options'
import { DatabaseProblem } from '../problem'
import { noWords } from './connected'

export async function bundleCommand(options: DbOptions, resources: string): Promise<number> {
  noWords(options)
  const { version } = await import('../../../../package.json')
  const sql = bundle(readMigrations(resources), version)
  if (options.output === undefined) process.stdout.write(sql)
  else
    try {
      writeFileSync(options.output, sql)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      throw new DatabaseProblem(text.fileFailed(options.output, code ?? ''))
    }
  return EXIT.clean
}
