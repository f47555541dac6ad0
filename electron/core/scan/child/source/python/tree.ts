import { parser } from '@lezer/python'

/** A node of the syntax tree; names are those of @lezer/python's grammar, tokens included. */
export interface Node {
  readonly type: string
  readonly from: number
  readonly to: number
  readonly kids: readonly Node[]
}

export interface SyntaxTree {
  root: Node
  nodes: number
  /** Offsets at which the text is not Python as far as the grammar knows. */
  errors: readonly number[]
}

const LEAF: readonly Node[] = []
const STEPS_PER_CHECKPOINT = 2000
const MOST_ERRORS = 1000

/** Decorators that are more than a dotted name and its arguments (PEP 614), and how long one may be. */
const MOST_DECORATORS = 50
const LONGEST_DECORATOR = 20_000
const FREE_DECORATOR = /^[ \t]*@[ \t]*(?![\w.]+[ \t]*(?:[(#\r\n]|$))(?=\S)/gm

/** The tree of a text. The parser recovers from errors, so what follows one is analysed as well. */
export function parseTree(text: string, checkpoint: () => void): SyntaxTree {
  const part = { text, shift: 0, whole: text, decorators: new Map<number, readonly Node[]>() }
  const tree = buildTree(part, checkpoint)
  return tree.errors.length === 0 ? tree : withFreeDecorators(tree, text, checkpoint)
}

/**
 * The grammar knows decorators as they were before Python 3.9. Any other expression is parsed by
 * itself, and a name of the same length takes its place in the text.
 */
function withFreeDecorators(plain: SyntaxTree, text: string, checkpoint: () => void): SyntaxTree {
  const decorators = new Map<number, readonly Node[]>()
  const errors: number[] = []
  let tamed = ''
  let done = 0
  for (const match of text.matchAll(FREE_DECORATOR)) {
    const from = match.index + match[0].length
    const to = endOfLine(text, from)
    // Inside brackets the same characters are a product of matrices, which is no error.
    if (from < done || !plain.errors.some((error) => error >= match.index && error <= to)) continue
    const part = { text: text.slice(from, to), shift: from, whole: text, decorators: new Map() }
    const tree = buildTree(part, checkpoint)
    decorators.set(
      match.index + match[0].indexOf('@'),
      tree.root.kids.flatMap((one) => one.kids),
    )
    errors.push(...tree.errors)
    tamed += text.slice(done, from) + '_'.repeat(to - from)
    done = to
    if (decorators.size === MOST_DECORATORS) break
  }
  if (decorators.size === 0) return plain
  const part = { text: tamed + text.slice(done), shift: 0, whole: text, decorators }
  const tree = buildTree(part, checkpoint)
  // Where one of them stands in another place than a decorator, a part of the text would be lost.
  if (tree.decorators < decorators.size) return plain
  return { ...tree, errors: [...errors, ...tree.errors].sort((a, b) => a - b) }
}

/** The end of a line, or of the line on which the last bracket is closed. */
function endOfLine(text: string, from: number): number {
  const most = Math.min(text.length, from + LONGEST_DECORATOR)
  let open = 0
  for (let at = from; at < most; at++) {
    const char = text[at] ?? ''
    if ('([{'.includes(char)) open++
    else if (')]}'.includes(char)) open--
    else if (open <= 0 && (char === '\n' || char === '\r')) return at
  }
  return most
}

interface Part {
  text: string
  /** Where it begins in the whole text. */
  shift: number
  whole: string
  /** Expressions of decorators that were parsed before, by the place of their '@'. */
  decorators: ReadonlyMap<number, readonly Node[]>
}

/** Built without recursion: the depth of the tree is chosen by whoever wrote the text. */
function buildTree(
  { text, shift, whole, decorators }: Part,
  checkpoint: () => void,
): SyntaxTree & { decorators: number } {
  const parse = parser.startParse(acceptable(text))
  let tree = parse.advance()
  for (let step = 1; tree === null; step++) {
    if (step % STEPS_PER_CHECKPOINT === 0) checkpoint()
    tree = parse.advance()
  }
  const cursor = tree.cursor()
  const errors: number[] = []
  const open: { type: string; kids: Node[] }[] = []
  let root: Node = { type: 'Script', from: shift, to: shift + text.length, kids: LEAF }
  let used = 0
  for (let nodes = 1; ; nodes++) {
    if (nodes % STEPS_PER_CHECKPOINT === 0) checkpoint()
    const parent = open.at(-1)
    const { name: type } = cursor
    const from = cursor.from + shift
    const to = cursor.to + shift
    if (cursor.type.isError && errors.length < MOST_ERRORS)
      if (!isGrammarGap(parent, from, to, whole)) errors.push(from)
    const known = type === 'Decorator' ? decorators.get(from) : undefined
    if (known !== undefined) used++
    const descends = known === undefined && type !== 'Comment' && cursor.firstChild()
    const kids: Node[] = []
    const node = { type, from, to, kids: descends ? kids : (known ?? LEAF) }
    if (parent === undefined) root = node
    else if (type !== 'Comment') parent.kids.push(node)
    if (descends) {
      open.push({ type, kids })
      continue
    }
    while (!cursor.nextSibling()) {
      open.pop()
      if (!cursor.parent() || open.length === 0) return { root, nodes, errors, decorators: used }
    }
  }
}

/**
 * The grammar (1.1.19) knows neither `1.`, which is in a tenth of numpy's files, nor form feeds, nor
 * `with open(a) as (b, c):`.
 * Characters are replaced one by one, so offsets stay those of the text.
 */
function acceptable(text: string): string {
  return text
    .replace(/\f/g, ' ')
    .replace(/\bas[ \t]*\([\w, .[\]]+\)(?=[ \t]*[:,])/g, (all) => all.replace(/[()]/g, ' '))
    .replace(/(?<![\w.])(\d[\d_]*)\.(?![\w.])/g, '$10')
    .replace(/(?<![\w.])(\d[\d_]*)\.(?=[eEjJ])/g, '$10')
}

/** Valid Python that the grammar does not know: a bare `yield`, `case X():`, Python 2's exec. */
function isGrammarGap(
  parent: { type: string; kids: Node[] } | undefined,
  from: number,
  to: number,
  text: string,
): boolean {
  if (parent === undefined) return false
  if (/^Yield/.test(parent.type)) return from === to
  if (/Pattern/.test(parent.type)) return from === to
  if (parent.type === 'PrintStatement') return text.slice(from, to) === '>'
  if (text[from] === '`' && to === from + 1) return true
  const before = parent.kids.at(-1)
  // with (open(a) as b, open(c) as d): the grammar takes the bracket for a tuple.
  if (from === to && /^\s*as\b/.test(text.slice(from, from + 40))) return true
  if (parent.type === 'WithStatement' && /^[,)]$/.test(text.slice(from, to))) return true
  // `print >>f, a` leaves the comma, `exec code` the place between the two words.
  if (before?.type === 'PrintStatement') return text[from] === ','
  return from === to && before !== undefined && isExecWord(before, text)
}

/** The word `exec` alone, as Python 2's statement begins. */
export function isExecWord(node: Node, text: string): boolean {
  return (
    node.type === 'ExpressionStatement' &&
    node.kids.length === 1 &&
    text.slice(node.from, node.to).trim() === 'exec'
  )
}

export function kidOf(node: Node, type: string): Node | undefined {
  return node.kids.find((kid) => kid.type === type)
}
