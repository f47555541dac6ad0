import { type ParseArgsConfig, parseArgs } from 'node:util'
import { text } from './messages'
import { nearest } from './nearest'
import { UsageError } from './usage'

type Parsed<T extends ParseArgsConfig> = ReturnType<typeof parseArgs<T>>

/** Options of one command. Throws UsageError with a sentence of ours: Node's are for programmers. */
export function parseOptions<const T extends ParseArgsConfig>(
  command: string,
  config: T,
): Parsed<T> {
  try {
    return parseArgs(config)
  } catch (error) {
    throw new UsageError(sentence(command, error as NodeJS.ErrnoException, config))
  }
}

function sentence(
  command: string,
  { code, message }: NodeJS.ErrnoException,
  { args = [], options = {} }: ParseArgsConfig,
): string {
  // Node quotes what it stumbled over: '--frmat', '-o, --output <value>', 'extra'.
  const quoted = /'([^']*)'/.exec(message)?.[1] ?? ''
  const option = /--[\w-]+/.exec(quoted)?.[0] ?? quoted
  const name = option.replace(/^--/, '')
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const meant = nearest(name, Object.keys(options))
    return text.unknownOption(command, option, meant && `--${meant}`)
  }
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return text.noArgument(command, quoted)
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return message
  if (options[name]?.type === 'string') return text.valueMissing(option)
  // Of --no-hash=1 Node says that --hash takes nothing.
  const written = args.find((arg) => arg.startsWith(`--no-${name}=`)) ?? option
  return text.valueUnwanted(written.replace(/=.*/s, ''))
}
