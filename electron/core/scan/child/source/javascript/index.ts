import { readBytes } from '../../byte-source'
import { COMPLETE, inconclusive, type Outcome, type ParseContext, type Parser } from '../../context'
import { createSourceText } from '../source-text'
import { analyse } from './analyse'
import { LIMIT_REASONS, type SourceLimit } from './limits'
import { childrenOf, type Node } from './node'
import { parseProgram } from './parse'
import { pushedOutOfSight, textTricks } from './text-tricks'
import { tokenSightings } from './tolerant'

/** Largest source that is parsed, bytes: a syntax tree takes some fifty times as many. */
const LARGEST = 16 << 20

/** JavaScript, TypeScript and JSX: says what the program does with values, and runs nothing. */
export const parseJavaScript: Parser = (source, context) => {
  if (source.size > LARGEST) {
    return stopped(context, ['limit.source-bytes'])
  }
  const text = decode(readBytes(source, 0, source.size))
  const sourceText = createSourceText(text, 'javascript')
  for (const trick of textTricks(sourceText)) sourceText.report(context, trick)
  context.checkpoint()
  const parsed = parseProgram(text)
  context.checkpoint()
  if (parsed.kind === 'too-deep') {
    for (const sighting of tokenSightings(text)) sourceText.report(context, sighting)
    return stopped(context, ['limit.source-depth'])
  }
  let limits = new Set<SourceLimit>()
  if (parsed.program !== undefined) {
    const { program } = parsed
    const found = analyse(text, program, context)
    limits = new Set(found.limits)
    for (const sighting of found.seen.values()) sourceText.report(context, sighting)
    const pushed = pushedOutOfSight(text, (offset) => isOutsideLiterals(program, offset))
    for (const trick of pushed.tricks) sourceText.report(context, trick)
    if (pushed.stopped) limits.add('limit.source-lines')
  } else for (const sighting of tokenSightings(text)) sourceText.report(context, sighting)
  const outcome = stopped(context, [...limits])
  if (parsed.kind === 'partial') {
    const { line, column } = sourceText.placeOf(parsed.offset)
    return inconclusive(
      `It is not JavaScript or TypeScript from line ${line}, column ${column}: ${parsed.message}.`,
    )
  }
  return outcome
}

/** Every limit that was reached is a fact; the first one is the reason. */
function stopped(context: ParseContext, limits: readonly SourceLimit[]): Outcome {
  for (const limit of limits) context.anomaly(limit, 0, LIMIT_REASONS[limit])
  const [first] = limits
  return first === undefined ? COMPLETE : inconclusive(LIMIT_REASONS[first])
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const text = bytes.toString('utf8')
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

function isOutsideLiterals(program: Node, offset: number): boolean {
  let node: Node | undefined = program
  while (node !== undefined) {
    if (node.type === 'Literal' || node.type === 'TemplateElement') return false
    node = childrenOf(node).find((child) => child.start <= offset && offset < child.end)
  }
  return true
}
