import { ExpressionParser } from './expression'
import { type Piece, readPieces } from './tokens'
import {
  type Expression,
  type Parameter,
  type Statement,
  type Target,
  TemplateSyntaxError,
} from './tree'

/** Blocks in blocks; real templates stay below 15. */
const MOST_DEPTH = 100
/** Tags without meaning of their own around a body: of Jinja, its extensions and transformers. */
const PLAIN_BLOCKS = new Set(['block', 'autoescape', 'generation', 'trans'])
const LOADING = new Set(['include', 'import', 'from', 'extends'])
const NOTHING = new Set(['break', 'continue', 'debug', 'pluralize'])

/** Reads a template into statements. What cannot be read becomes a 'broken' statement. */
export function parseTemplate(source: string): Statement[] {
  const reader = new StatementReader(readPieces(source))
  return reader.template()
}

class StatementReader {
  private readonly pieces: readonly Piece[]
  private position = 0
  private depth = 0

  constructor(pieces: readonly Piece[]) {
    this.pieces = pieces
  }

  /** The whole template: an end tag without a beginning is broken, and reading goes on. */
  template(): Statement[] {
    const statements: Statement[] = []
    while (this.position < this.pieces.length) {
      for (const statement of this.body()) statements.push(statement)
      const stray = this.pieces[this.position++]
      if (stray !== undefined)
        statements.push(broken(stray, `'${keywordOf(stray)}' closes nothing`))
    }
    return statements
  }

  /** Statements up to a tag that ends or divides a block; that tag is not consumed. */
  private body(): Statement[] {
    const statements: Statement[] = []
    for (;;) {
      const piece = this.pieces[this.position]
      if (piece === undefined || isDivider(keywordOf(piece))) return statements
      this.position++
      if (piece.type === 'text') statements.push({ ...piece })
      else if (piece.type === 'broken') statements.push(broken(piece, piece.reason))
      else for (const statement of this.tag(piece)) statements.push(statement)
    }
  }

  private tag(piece: Piece & { type: 'output' | 'statement' }): Statement[] {
    const parser = new ExpressionParser(piece.tokens)
    this.depth++
    try {
      if (this.depth > MOST_DEPTH) throw new TemplateSyntaxError('blocks are nested too deep')
      if (piece.type === 'statement') return this.statement(piece, parser)
      if (parser.done) throw new TemplateSyntaxError('an output is empty')
      const value = parser.tuple()
      parser.finish()
      return [{ type: 'output', value, start: piece.start, end: piece.end }]
    } catch (error) {
      if (!(error instanceof TemplateSyntaxError)) throw error
      return [broken(piece, error.message)]
    } finally {
      this.depth--
    }
  }

  private statement(piece: Piece, parser: ExpressionParser): Statement[] {
    const { start, end } = piece
    const keyword = parser.name()
    if (NOTHING.has(keyword)) return []
    if (keyword === 'if') return this.conditional(piece, parser)
    if (keyword === 'for') return this.loop(piece, parser)
    if (keyword === 'set') return this.assignment(piece, parser)
    if (keyword === 'macro') {
      const name = parser.name()
      parser.expect('(')
      const parameters = parametersOf(parser)
      return [{ type: 'macro', name, parameters, body: this.block(['endmacro']), start, end }]
    }
    if (keyword === 'call') {
      const parameters = parser.skipOperator('(') ? parametersOf(parser) : []
      const call = parser.expression()
      parser.finish()
      return [{ type: 'call', call, parameters, body: this.block(['endcall']), start, end }]
    }
    if (keyword === 'filter') {
      const filter = parser.filters({ type: 'captured', at: start, depth: 1 })
      const body = this.block(['endfilter'])
      return [{ type: 'capture', target: undefined, filter, body, start, end }]
    }
    if (keyword === 'with') {
      const bindings: { target: Target; value: Expression }[] = []
      while (!parser.done) {
        const name = parser.name()
        parser.expect('=')
        bindings.push({ target: { name, attribute: undefined }, value: parser.expression() })
        if (!parser.done) parser.expect(',')
      }
      return [{ type: 'with', bindings, body: this.block(['endwith']), start, end }]
    }
    if (keyword === 'do') {
      const value = parser.tuple()
      parser.finish()
      return [{ type: 'set', targets: [], value, start, end }]
    }
    if (LOADING.has(keyword))
      return [{ type: 'load', what: keyword, value: parser.expression(), start, end }]
    if (PLAIN_BLOCKS.has(keyword))
      return [{ type: 'scope', body: this.block([`end${keyword}`]), start, end }]
    throw new TemplateSyntaxError(`the tag '${keyword.slice(0, 40)}' is not known`)
  }

  private conditional(piece: Piece, first: ExpressionParser): Statement[] {
    const { start, end } = piece
    const problems: Statement[] = []
    const branches: { test: Expression | undefined; body: Statement[] }[] = []
    let test: Expression | undefined = this.guarded(piece, first, problems)
    for (;;) {
      branches.push({ test, body: this.body() })
      const divider = this.pieces[this.position]
      const keyword = divider === undefined ? '' : keywordOf(divider)
      if (divider === undefined || !['elif', 'else', 'endif'].includes(keyword)) {
        problems.push(broken(piece, "'if' is not closed"))
        break
      }
      this.position++
      if (keyword === 'endif') break
      test = undefined
      if (keyword === 'elif' && divider.type === 'statement') {
        const parser = new ExpressionParser(divider.tokens)
        parser.next()
        test = this.guarded(divider, parser, problems)
      }
    }
    return [...problems, { type: 'if', branches, start, end }]
  }

  /** A condition; when it cannot be read, that is recorded and the branches are read all the same. */
  private guarded(piece: Piece, parser: ExpressionParser, problems: Statement[]): Expression {
    try {
      const test = parser.tuple()
      parser.finish()
      return test
    } catch (error) {
      if (!(error instanceof TemplateSyntaxError)) throw error
      problems.push(broken(piece, error.message))
      return { type: 'name', name: '', at: piece.start, depth: 1 }
    }
  }

  private loop(piece: Piece, parser: ExpressionParser): Statement[] {
    const { start, end } = piece
    const targets = targetsOf(parser)
    parser.expect('in')
    const iterable = parser.or()
    const filter = parser.skipName('if') ? parser.or() : undefined
    parser.skipName('recursive')
    parser.finish()
    const body = this.body()
    const divider = this.pieces[this.position]
    let otherwise: Statement[] = []
    if (divider !== undefined && keywordOf(divider) === 'else') {
      this.position++
      otherwise = this.body()
    }
    const closed = this.close(['endfor'])
    const loop: Statement = { type: 'for', targets, iterable, filter, body, otherwise, start, end }
    return closed ? [loop] : [broken(piece, "'for' is not closed"), loop]
  }

  private assignment(piece: Piece, parser: ExpressionParser): Statement[] {
    const { start, end } = piece
    const targets = targetsOf(parser)
    if (parser.skipOperator('=')) {
      const value = parser.tuple()
      parser.finish()
      return [{ type: 'set', targets, value, start, end }]
    }
    const captured: Expression = { type: 'captured', at: start, depth: 1 }
    const filter = parser.skipOperator('|') ? parser.filters(captured) : captured
    parser.finish()
    return [
      { type: 'capture', target: targets[0], filter, body: this.block(['endset']), start, end },
    ]
  }

  /** A body with its end tag. */
  private block(ends: readonly string[]): Statement[] {
    const opening = this.pieces[this.position - 1]
    const body = this.body()
    if (!this.close(ends) && opening !== undefined)
      body.push(broken(opening, `'${ends[0]}' is missing`))
    return body
  }

  private close(ends: readonly string[]): boolean {
    const piece = this.pieces[this.position]
    if (piece === undefined || !ends.includes(keywordOf(piece))) return false
    this.position++
    return true
  }
}

function targetsOf(parser: ExpressionParser): Target[] {
  const targets: Target[] = []
  const parenthesised = parser.skipOperator('(')
  do {
    const name = parser.name()
    const attribute = parser.skipOperator('.') ? parser.name() : undefined
    targets.push({ name, attribute })
  } while (parser.skipOperator(','))
  if (parenthesised) parser.expect(')')
  return targets
}

function parametersOf(parser: ExpressionParser): Parameter[] {
  const parameters: Parameter[] = []
  while (!parser.skipOperator(')')) {
    const name = parser.name()
    const fallback = parser.skipOperator('=') ? parser.expression() : undefined
    parameters.push({ name, fallback })
    if (!parser.isOperator(')')) parser.expect(',')
  }
  return parameters
}

function broken({ start, end }: { start: number; end: number }, reason: string): Statement {
  return { type: 'broken', reason, start, end }
}

function keywordOf(piece: Piece): string {
  return piece.type === 'statement' ? (piece.tokens[0]?.text ?? '') : ''
}

function isDivider(keyword: string): boolean {
  return keyword === 'else' || keyword === 'elif' || /^end[a-z]+$/.test(keyword)
}
