import { readBytes } from '../../byte-source'
import { COMPLETE, inconclusive, type Outcome, type ParseContext, type Parser } from '../../context'
import { createSourceText, type SourceText } from '../source-text'
import { reportPassages } from './across'
import { analyse } from './analysis'
import { decodeSource } from './encoding'
import { reportImports } from './local-import'
import { reportSetup } from './setup'
import { checkCharacters } from './text-tricks'
import { parseTree } from './tree'

/** The largest file of the standard library has 0.7 MB; what is longer is data. */
const MOST_BYTES = 4 * 1024 * 1024
const MOST_DISGUISED = 1024 * 1024

/** Python source, a .pth file of site-packages, or code that was found inside one. */
export const parsePython: Parser = (source, context) => {
  if (source.size > MOST_BYTES) {
    context.anomaly('limit.source-bytes', 0, `${source.size} bytes`)
    return inconclusive(`It is Python of more than ${MOST_BYTES} bytes.`)
  }
  const decoded = decodeSource(readBytes(source, 0, source.size))
  if (decoded.kind === 'unreadable') {
    context.anomaly('python.encoding', 0, decoded.reason)
    return inconclusive(decoded.reason)
  }
  const text =
    decoded.text.length > MOST_DISGUISED && decoded.kind === 'disguised' ? '' : decoded.text
  const lines = createSourceText(text, 'python')
  if (decoded.kind === 'disguised')
    lines.report(context, {
      name: 'obfuscation.packed',
      start: 0,
      end: 0,
      evidence: `coding: ${decoded.encoding}`,
      detail: { how: `the file is read through the codec ${decoded.encoding}` },
    })
  return analysePython(context, lines)
}

/** Code that stands in a text of another file: what it starts was not meant to be seen there. */
export const parseCodeText: Parser = (source, context) => {
  const text = readBytes(source, 0, Math.min(source.size, MOST_BYTES)).toString('utf8')
  return analysePython(context, createSourceText(text, 'python'), true)
}

/** Analyses a text that is there already: a file, or a cell of a notebook. */
export function analysePython(context: ParseContext, source: SourceText, inText = false): Outcome {
  if (source.text.includes('\0')) {
    context.anomaly('python.null-byte', source.text.indexOf('\0'))
    return inconclusive('It holds null bytes, which Python does not read.')
  }
  const path = isPathFile(context, source.text) ? pathFileCode(source.text) : source.text
  const tree = parseTree(path, () => context.checkpoint())
  checkCharacters(context, source, tree.root)
  const { notes, atImport, tooDeepAt } = analyse(context, source, tree, {
    parseText: parseCodeText,
    inText,
  })
  if (notes.marks.has('setup')) reportSetup(context, source, notes.hooks, atImport)
  if (context.depth === 0) {
    reportImports(context, source, notes.imports)
    reportPassages(context, source, notes.passages)
  }
  if (tooDeepAt !== undefined)
    return inconclusive(`Line ${source.placeOf(tooDeepAt).line} is nested deeper than is followed.`)
  const [first] = tree.errors
  if (first === undefined) return COMPLETE
  const places = tree.errors.length === 1 ? 'one place' : `${tree.errors.length} places`
  return inconclusive(
    `It is not Python as it is understood here in ${places}, first in line ${source.placeOf(first).line}.`,
  )
}

/** site.py runs the lines of a .pth file that begin with import, and takes the others for paths. */
function isPathFile(context: ParseContext, text: string): boolean {
  if (context.depth > 0 && !/\.pth$/i.test(context.member ?? '')) return false
  return /\.pth$/i.test(context.name) && text.length < 1024 * 1024
}

/** The same text with the lines that are paths blanked out. */
function pathFileCode(text: string): string {
  return text
    .split('\n')
    .map((line) => (/^import[ \t]/.test(line) ? line : ' '.repeat(line.length)))
    .join('\n')
}
