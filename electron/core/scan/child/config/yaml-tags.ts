import type { ParseContext } from '../context'
import type { SourceText } from '../source/source-text'

/** Tags that PyYAML's unsafe loaders turn into calls (yaml/constructor.py). */
const PYTHON =
  /^(?:tag:yaml\.org,2002:|!!?)python\/(object\/apply|object\/new|object|name|module):([\w.]+)/
/** Psych, SnakeYAML, js-yaml 3 and Symfony. */
const OTHERS: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [
    /^(?:tag:(?:ruby\.)?yaml\.org,2002:|!|!!)ruby\/(object|class|module|exception|struct)(?::([\w:]+))?/,
    (m) => `yaml.ruby.${m[2]?.replaceAll('::', '.') ?? m[1] ?? ''}`,
  ],
  [
    /^tag:yaml\.org,2002:((?:java|javax|com|org|sun|jdk|net|io|ch|clojure|groovy)\.[\w.$]+)/,
    (m) => `yaml.java.${m[1] ?? ''}`,
  ],
  [/^(?:tag:yaml\.org,2002:|!!?)js\/(function|eval)/, (m) => `yaml.javascript.${m[1] ?? ''}`],
  [/^!php\/object/, () => 'yaml.php.object'],
]
/** What training frameworks write into their files of parameters. */
const DATA =
  /^(argparse\.Namespace|collections\.(OrderedDict|defaultdict|deque|Counter)|pathlib\.\w+|datetime\.\w+|decimal\.Decimal|uuid\.UUID|numpy\.(dtype|ndarray|float\d+|int\d+|_?core\.multiarray\.(scalar|_reconstruct)|core\.multiarray\.\w+)|torch\.(device|dtype|Size|float\d+)|(omegaconf|easydict|box)\.[\w.]+|builtins\.(tuple|set|frozenset))$/
const KINDS: Readonly<Record<string, string>> = {
  'object/apply': 'call',
  'object/new': 'call',
  object: 'object',
  name: 'name',
  module: 'module',
}

interface Tagged {
  range?: readonly [number, number, number] | null
}

/** Records a tag that makes a loader build an object or call something. */
export function reportTag(
  tag: string,
  node: Tagged,
  lines: SourceText,
  context: ParseContext,
): void {
  const name = factName(tag)
  const [start = 0, end = start] = node.range ?? []
  if (name === undefined) return
  const short = tag.replace(/^tag:yaml\.org,2002:/, '!!')
  lines.reportAs(context, 'content', {
    name,
    start,
    end,
    evidence: `${short} ${lines.excerpt(start, end)}`.trim().slice(0, 300),
  })
}

function factName(tag: string): string | undefined {
  const python = PYTHON.exec(tag)
  if (python !== null && DATA.test(python[2] ?? '')) return `yaml.python-data.${python[2] ?? ''}`
  if (python !== null) return `yaml.python-${KINDS[python[1] ?? ''] ?? 'object'}.${python[2] ?? ''}`
  for (const [pattern, name] of OTHERS) {
    const match = pattern.exec(tag)
    if (match !== null) return name(match)
  }
  return undefined
}

/** A text that cannot be parsed is searched for the tags it must not hold. */
export function searchForTags(lines: SourceText, context: ParseContext): void {
  const { text } = lines
  for (const match of text.matchAll(
    /(?<=^|[\s[{,:-])(?:!!?|!<tag:yaml\.org,2002:)((?:python|ruby|js|php)\/[\w/]{1,20}:?[\w.:]{0,200}|javax?\.[\w.$]{1,200})/gm,
  )) {
    context.checkpoint()
    const tag = match[1] ?? ''
    const full = tag.startsWith('java') ? `tag:yaml.org,2002:${tag}` : `!${tag}`
    reportTag(full, { range: [match.index, match.index + match[0].length, 0] }, lines, context)
  }
}
