import { ImportRefusedError } from '../../core/benchmark/imports'
import { EXIT, UsageError } from '../usage'
import { readPassport } from '../verify'
import { text } from './messages'
import { withBenchmark } from './open'
import type { BenchOptions } from './options'
import { print } from './print'

/** Takes passports of others in, or our own that others signed as well; without a file, lists what is there. */
export function importPassport(options: BenchOptions, bundleFolder: string): Promise<number> {
  return withBenchmark({ ...options, bundleFolder }, async ({ imports }) => {
    if (options.remove !== undefined) {
      if (!(await imports.remove(options.remove)))
        throw new UsageError(text.noImport(options.remove))
      return EXIT.clean
    }
    for (const file of options.names) {
      try {
        const { id, name, level, ofOwn } = await imports.add(readPassport(file))
        process.stderr.write(
          `${ofOwn ? text.importedCopy(name, level) : text.imported(name, level, id)}\n`,
        )
      } catch (error) {
        if (!(error instanceof ImportRefusedError)) throw error
        process.stderr.write(`${file}: ${error.message}\n`)
        return EXIT.found
      }
    }
    if (options.names.length > 0) return EXIT.clean
    const all = imports.list()
    print(options, all, () => [
      {
        title: 'Imported passports, newest first',
        columns: ['Id', 'When', 'Model', 'Results', 'Evidence'],
        rows: all.map((one) => [
          one.id,
          one.importedAt.toISOString().slice(0, 16).replace('T', ' '),
          one.name,
          one.ofOwn ? 'own' : String(one.results),
          one.level,
        ]),
        notes: [],
      },
    ])
    return EXIT.clean
  })
}
