import type { FactKind } from '@shared/scan-report/fact'
import { memorySource, readBytes } from '../../byte-source'
import { parseHtml } from '../../config/html'
import {
  COMPLETE,
  inconclusive,
  MalformedError,
  type Outcome,
  type ParseContext,
  type Parser,
} from '../../context'
import { parseJavaScript } from '../javascript'
import { type Value as ShellValue, textValue } from '../shell/stream'
import { createSourceText, type Sighting, type SourceText } from '../source-text'
import { reportCommand } from './command'
import { magicLines } from './magic'
import { analysePython } from './python-source'

const MOST_BYTES = 64 * 1024 * 1024
const MOST_CELLS = 10_000
/** Outputs and texts that a browser runs as soon as the notebook is shown and trusted. */
const ACTIVE =
  /<script[\s>]|<iframe[\s>]|<object[\s>]|<embed[\s>]|\bon(load|error|click|mouseover)\s*=|javascript:/i
/** Scripts that plotting libraries leave in their outputs: bundles of hundreds of kilobytes. */
const MOST_EVIDENCE = 200
const MOST_KERNEL_TEXT = 1024 * 1024

interface Cell {
  kind: string
  text: string
  outputs: readonly unknown[]
}

/** A Jupyter notebook (nbformat 3 and 4): each code cell is a member that is parsed as Python. */
export const parseNotebook: Parser = (source, context) => {
  if (source.size > MOST_BYTES) {
    context.anomaly('limit.notebook-bytes', 0, `${source.size} bytes`)
    return inconclusive(`It is a notebook of more than ${MOST_BYTES} bytes.`)
  }
  const cells = cellsOf(
    readBytes(source, 0, source.size)
      .toString('utf8')
      .replace(/^\ufeff/, ''),
  )
  if (cells.list.length > MOST_CELLS) return inconclusive(`It has more than ${MOST_CELLS} cells.`)
  const { isPython, language, list } = cells
  let shown: Outcome = COMPLETE
  for (const [index, cell] of list.entries()) {
    if (cell.kind === 'markdown')
      shown = worse(shown, readPage(context, cell.text, index + 1, 'markdown'))
    for (const output of cell.outputs) shown = worse(shown, readOutput(context, output, index + 1))
  }
  if (!isPython && list.some((cell) => cell.kind === 'code'))
    return inconclusive(`It is a notebook in another language than Python: ${language}.`)
  return worse(shown, scanCells(context, list))
}

function cellsOf(text: string): { list: Cell[]; isPython: boolean; language: string } {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    throw new MalformedError('It is no JSON, so it is no notebook.')
  }
  const root = recordOf(document)
  const worksheets = listOf(root?.worksheets)
  const raw =
    root?.cells === undefined
      ? worksheets.flatMap((sheet) => listOf(recordOf(sheet)?.cells))
      : listOf(root.cells)
  if (root === undefined || (root.cells === undefined && root.worksheets === undefined))
    throw new MalformedError('It has no cells, so it is no notebook.')
  const metadata = recordOf(root.metadata)
  const language =
    recordOf(metadata?.language_info)?.name ?? recordOf(metadata?.kernelspec)?.language ?? 'python'
  const list = raw.map((one): Cell => {
    const cell = recordOf(one)
    return {
      kind: typeof cell?.cell_type === 'string' ? cell.cell_type : '',
      text: textFrom(cell?.source ?? cell?.input),
      outputs: listOf(cell?.outputs),
    }
  })
  return {
    list,
    isPython: /^i?python/i.test(String(language)),
    language: String(language).slice(0, 40),
  }
}

function recordOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** A text, or a list of its lines. */
function textFrom(value: unknown): string {
  if (typeof value === 'string') return value
  return listOf(value)
    .filter((line) => typeof line === 'string')
    .join('')
}

/** One cell as the kernel sees it: its Python, and the member that its facts belong to. */
interface PythonCell {
  number: number
  /** Where its text begins in the text of all cells. */
  start: number
  source: SourceText
  context: ParseContext
}

/**
 * The code cells of a kernel are one module: what one defines, the next one runs. Each is a member of
 * its own, so that lines and fingerprints are those of the cell.
 */
function scanCells(context: ParseContext, cells: readonly Cell[]): Outcome {
  let outcome: Outcome = COMPLETE
  // What one cell downloads, the next one runs.
  const files = new Map<string, ShellValue>()
  const parts: PythonCell[] = []
  const texts: string[] = []
  let length = 0
  for (const [index, cell] of cells.entries()) {
    if (cell.kind !== 'code') continue
    const number = index + 1
    const source = createSourceText(cell.text, 'python')
    const bytes = memorySource(Buffer.from(cell.text))
    const { outcome: ended } = context.scanMember(bytes, `cell ${number}`, {
      format: 'python',
      parse(_, member) {
        const inner = inCell(member, number)
        const { python, outcome: read } = readCell(inner, source, number, files)
        parts.push({ number, start: length, source, context: inner })
        texts.push(`${python}\n`)
        length += python.length + 1
        return read
      },
    })
    outcome = worse(outcome, ended)
  }
  const module = createSourceText(texts.join(''), 'python')
  const joined: SourceText = {
    ...module,
    report: (_, sighting) => reportInCell(parts, 'code', sighting),
    reportAs: (_, kind, sighting) => reportInCell(parts, kind, sighting),
  }
  return worse(outcome, analysePython(context, joined))
}

function reportInCell(
  cells: readonly PythonCell[],
  kind: FactKind,
  sighting: Omit<Sighting, 'name'> & { name: string },
): void {
  const cell = cellAt(cells, sighting.start)
  if (cell === undefined) return
  const { start, end } = sighting
  cell.source.reportAs(cell.context, kind, {
    ...sighting,
    start: start - cell.start,
    end: end - cell.start,
    ...(sighting.path !== undefined && {
      path: sighting.path.map((step) => {
        const from = cellAt(cells, step.start)
        return from === cell || from === undefined
          ? { ...step, start: step.start - cell.start, end: step.end - cell.start }
          : {
              ...step,
              label: `in cell ${from.number}: ${step.label}`,
              start: start - cell.start,
              end: end - cell.start,
            }
      }),
    }),
  })
}

function cellAt(cells: readonly PythonCell[], offset: number): PythonCell | undefined {
  let low = 0
  let high = cells.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((cells[middle]?.start ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return cells[low]
}

/** The number of the cell in each of its facts. */
function inCell(context: ParseContext, number: number): ParseContext {
  return {
    ...context,
    add: (fact) => context.add({ ...fact, detail: { ...fact.detail, cell: number } }),
  }
}

/** Runs the commands of a cell and gives its Python, as long as the cell itself. */
function readCell(
  context: ParseContext,
  source: SourceText,
  number: number,
  files: Map<string, ShellValue>,
): { python: string; outcome: Outcome } {
  const { python, commands, language, written } = magicLines(source.text)
  if (written !== undefined) files.set(written.path, textValue(written.text))
  for (const { text, start } of commands)
    reportCommand(
      context,
      source,
      { text, start, exact: source.text.startsWith(text, start) },
      'command',
      files,
    )
  const blank = source.text.replace(/[^\n]/g, ' ')
  if (language === 'python') return { python, outcome: COMPLETE }
  // A browser runs these when the cell does.
  const body = source.text.replace(/^\s*%%[^\n]*\n?/, '')
  if (/^(javascript|js)$/.test(language))
    return { python: blank, outcome: readMember(context, body, number, 'script', SCRIPT) }
  if (/^(html|svg)$/.test(language))
    return { python: blank, outcome: readPage(context, body, number, 'page') }
  return { python: blank, outcome: language === 'shell' ? COMPLETE : inert(language) }
}

/** Cells of other languages: what a browser runs is said, the rest is not understood. */
function inert(language: string): Outcome {
  return /^(html|markdown|latex|svg|writefile)$/.test(language)
    ? COMPLETE
    : inconclusive(`A cell is in ${language}, which is not read here.`)
}

/** What a viewer shows of an output; its scripts are read like those of any page. */
function readOutput(context: ParseContext, output: unknown, number: number): Outcome {
  const record = recordOf(output)
  const data = recordOf(record?.data) ?? record
  if (data === undefined) return COMPLETE
  let outcome: Outcome = COMPLETE
  for (const type of ['text/html', 'image/svg+xml', 'html', 'svg'])
    outcome = worse(outcome, readPage(context, textFrom(data[type]), number, 'output'))
  const script = textFrom(data['application/javascript'] ?? data.javascript)
  if (script === '') return outcome
  note(context, script, number, 'output')
  noteKernel(context, script, number)
  return worse(outcome, readMember(context, script, number, 'output', SCRIPT))
}

function readPage(context: ParseContext, text: string, number: number, where: string): Outcome {
  const at = text.search(ACTIVE)
  if (at < 0) return COMPLETE
  note(context, text.slice(at, at + MOST_EVIDENCE), number, where)
  noteKernel(context, text, number)
  return readMember(context, text, number, where, PAGE)
}

const PAGE = { format: 'html', parse: parseHtml }
const SCRIPT = { format: 'javascript', parse: parseJavaScript }

function readMember(
  context: ParseContext,
  text: string,
  number: number,
  where: string,
  as: { format: string; parse: Parser },
): Outcome {
  return context.scanMember(memorySource(Buffer.from(text)), `cell ${number} ${where}`, as).outcome
}

/** A page of an output that makes the kernel run Python; what plotting libraries send is a variable. */
const KERNEL =
  /\b(?:kernel\.(?:execute|requestExecute)|requestExecute)\s*\(\s*(?:\{\s*code\s*:\s*)?(["'`][^\n]{0,2000})/g
const KERNEL_CODE =
  /\b(os\.(system|popen|environ)|subprocess|__import__|exec\(|eval\(|urllib|requests\.|socket\b|shutil\.rmtree|!\s*(curl|wget))/

function noteKernel(context: ParseContext, text: string, number: number): void {
  for (const match of text.slice(0, MOST_KERNEL_TEXT).matchAll(KERNEL)) {
    if (!KERNEL_CODE.test(match[1] ?? '')) continue
    context.add({
      kind: 'content',
      name: 'notebook.kernel-code',
      location: {},
      evidence: `cell ${number}: ${match[0].slice(0, MOST_EVIDENCE).replace(/\s+/g, ' ')}`,
      detail: { cell: number },
    })
    return
  }
}

function note(context: ParseContext, text: string, number: number, where: string): void {
  context.add({
    kind: 'content',
    name: 'notebook.active-output',
    location: {},
    evidence: `cell ${number}: ${text.slice(0, MOST_EVIDENCE).replace(/\s+/g, ' ')}`,
    detail: { cell: number, where },
  })
}

/** The first one that says something went wrong. */
const worse = (first: Outcome, second: Outcome): Outcome =>
  first.status === 'complete' ? second : first
