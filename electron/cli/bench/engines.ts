import { resolve } from 'node:path'
import { ENGINES } from '@shared/benchmark/scales'
import { dataFolderOf } from '../../core/node-platform'
import { parseOptions } from '../arguments'
import { choice, EXIT, UsageError } from '../usage'
import { text } from './messages'
import { withBenchmark } from './open'
import { FORMATS } from './options'
import { print } from './print'

/** Lists the engines, or brings one here. */
export async function run(args: string[], bundleFolder: string): Promise<number> {
  const { values, positionals } = parse(args)
  const [verb = 'list', name] = positionals
  const options = {
    dataFolder: dataFolderOf(values['data-dir'], process.env),
    flags: {},
    bundleFolder,
  }
  if (verb === 'list')
    return withBenchmark(options, async ({ benchmark }) => {
      const engines = benchmark.engines.list()
      const format = choice('--format', values.format ?? 'text', FORMATS)
      print({ format, output: undefined }, engines, () => [
        {
          title: 'Engines',
          columns: ['Engine', 'Version', 'Runs', 'State', 'Note'],
          rows: engines.map((one) => [
            one.name,
            one.version,
            one.formats.join(' '),
            one.state,
            one.reason ?? '',
          ]),
          notes: [],
        },
      ])
      return EXIT.clean
    })
  if (verb !== 'install' || name === undefined)
    throw new UsageError(`${text.enginesUsage} ${ENGINES.join(', ')}.`)
  const engine = choice('engines install', name, ENGINES)
  return withBenchmark(options, async ({ benchmark }) => {
    const file = values.from === undefined ? undefined : resolve(values.from)
    for await (const event of benchmark.engines.install(engine, file, undefined)) {
      if (event.type === 'done') process.stdout.write(`${text.installed(event.engine.title)}\n`)
      else if (process.stderr.isTTY)
        process.stderr.write(
          `\r\x1b[K${text.installing(Math.floor((event.doneBytes / event.totalBytes) * 100))}`,
        )
    }
    return EXIT.clean
  })
}

function parse(args: string[]) {
  return parseOptions('engines', {
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string' },
      from: { type: 'string' },
      'data-dir': { type: 'string' },
    },
  })
}
