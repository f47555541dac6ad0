import type { Token } from './tokens'
import { type Arguments, type Expression, TemplateSyntaxError } from './tree'

/** Depth of a syntax tree; real templates stay below 40, and the stack holds this many frames. */
const MOST_DEPTH = 300
/** A test may take an argument without parentheses: 'x is divisibleby 3', but not 'x is string and'. */
const NO_TEST_ARGUMENT = new Set(['else', 'or', 'and', 'is', 'if', 'in', 'not', 'recursive'])
const COMPARISONS = new Set(['==', '!=', '<', '<=', '>', '>='])
const KEYWORDS: Readonly<Record<string, boolean | null>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
}

type Draft = Expression extends infer Each
  ? Each extends Expression
    ? Omit<Each, 'depth'>
    : never
  : never

/** Parser of one tag, after jinja2/parser.py; binding strengths are the same. */
export class ExpressionParser {
  private readonly tokens: readonly Token[]
  private position = 0
  private nesting = 0

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  get done(): boolean {
    return this.position >= this.tokens.length
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.position + ahead]
  }

  next(): Token {
    const token = this.tokens[this.position++]
    if (token === undefined) throw new TemplateSyntaxError('it ends in the middle of an expression')
    return token
  }

  isOperator(text: string): boolean {
    const token = this.peek()
    return token?.type === 'operator' && token.text === text
  }

  isName(text: string): boolean {
    const token = this.peek()
    return token?.type === 'name' && token.text === text
  }

  skipOperator(text: string): boolean {
    if (!this.isOperator(text)) return false
    this.position++
    return true
  }

  skipName(text: string): boolean {
    if (!this.isName(text)) return false
    this.position++
    return true
  }

  expect(text: string): void {
    const token = this.next()
    if (token.text !== text || token.type === 'string')
      throw new TemplateSyntaxError(`'${text}' is missing before '${token.text.slice(0, 40)}'`)
  }

  name(): string {
    const token = this.next()
    if (token.type !== 'name')
      throw new TemplateSyntaxError(`a name is missing before '${token.text.slice(0, 40)}'`)
    return token.text
  }

  finish(): void {
    if (!this.done)
      throw new TemplateSyntaxError(`unexpected '${this.next().text.slice(0, 40)}' at its end`)
  }

  /** One expression, or several with commas between them, which make a tuple. */
  tuple(): Expression {
    const first = this.expression()
    if (!this.isOperator(',')) return first
    const items = [first]
    while (this.skipOperator(',')) {
      if (this.done || this.isOperator('=')) break
      items.push(this.expression())
    }
    return this.node({ type: 'list', items, at: first.at }, items)
  }

  expression(): Expression {
    this.nesting++
    if (this.nesting > MOST_DEPTH) throw new TemplateSyntaxError('it is nested too deep')
    let result = this.or()
    while (this.skipName('if')) {
      const test = this.or()
      const no = this.skipName('else') ? this.expression() : undefined
      const children = no === undefined ? [result, test] : [result, test, no]
      const { at } = result
      result = this.node({ type: 'conditional', test, yes: result, no, at }, children)
    }
    this.nesting--
    return result
  }

  /** An expression without 'x if y', as 'for a in b if c' needs it. */
  or(): Expression {
    let left = this.and()
    while (this.skipName('or')) left = this.binary('or', left, this.and())
    return left
  }

  /** Filters behind an input that is not written there: '{% filter upper|trim %}'. */
  filters(input: Expression): Expression {
    let result = this.filter(input)
    while (this.skipOperator('|')) result = this.filter(result)
    return result
  }

  args(): Arguments {
    const args: Arguments = { positional: [], named: [], spread: [] }
    while (!this.skipOperator(')')) {
      if (this.skipOperator('*') || this.skipOperator('**')) args.spread.push(this.expression())
      else if (
        this.peek()?.type === 'name' &&
        this.peek(1)?.text === '=' &&
        isPlain(this.peek(1))
      ) {
        const name = this.name()
        this.expect('=')
        args.named.push({ name, value: this.expression() })
      } else args.positional.push(this.expression())
      if (!this.isOperator(')')) this.expect(',')
    }
    return args
  }

  private and(): Expression {
    let left = this.not()
    while (this.skipName('and')) left = this.binary('and', left, this.not())
    return left
  }

  private not(): Expression {
    const at = this.peek()?.at ?? 0
    let count = 0
    while (this.skipName('not')) count++
    const operand = this.compare()
    return count === 0
      ? operand
      : this.node({ type: 'unary', operator: 'not', operand, at }, [operand])
  }

  private compare(): Expression {
    let left = this.sum()
    for (;;) {
      const token = this.peek()
      let operator: string
      if (token?.type === 'operator' && COMPARISONS.has(token.text)) operator = this.next().text
      else if (this.skipName('in')) operator = 'in'
      else if (this.isName('not') && this.peek(1)?.text === 'in') {
        this.next()
        this.next()
        operator = 'not in'
      } else return left
      const right = this.sum()
      left = this.node({ type: 'compare', operator, left, right, at: left.at }, [left, right])
    }
  }

  private sum(): Expression {
    return this.leftToRight(['+', '-'], () => this.concat())
  }

  private concat(): Expression {
    const parts = [this.product()]
    while (this.skipOperator('~')) parts.push(this.product())
    const [first] = parts
    if (parts.length === 1 && first !== undefined) return first
    return this.node({ type: 'concat', parts, at: first?.at ?? 0 }, parts)
  }

  private product(): Expression {
    return this.leftToRight(['*', '/', '//', '%'], () =>
      this.leftToRight(['**'], () => this.unary(true)),
    )
  }

  private leftToRight(operators: readonly string[], operand: () => Expression): Expression {
    let left = operand()
    for (;;) {
      const token = this.peek()
      if (token?.type !== 'operator' || !operators.includes(token.text)) return left
      this.position++
      left = this.binary(token.text, left, operand())
    }
  }

  private unary(withFilter: boolean): Expression {
    const at = this.peek()?.at ?? 0
    let sign = ''
    while (this.isOperator('-') || this.isOperator('+')) if (this.next().text === '-') sign += '-'
    let result = this.postfix(this.primary())
    if (sign.length % 2 === 1)
      result = this.node({ type: 'unary', operator: '-', operand: result, at }, [result])
    return withFilter ? this.filterOrTest(result) : result
  }

  private primary(): Expression {
    const token = this.next()
    const { at } = token
    if (token.type === 'name') {
      const keyword = Object.hasOwn(KEYWORDS, token.text) ? KEYWORDS[token.text] : undefined
      if (keyword !== undefined)
        return this.node({ type: 'constant', value: keyword, assembled: false, at })
      return this.node({ type: 'name', name: token.text, at })
    }
    if (token.type === 'number')
      return this.node({ type: 'constant', value: Number(token.text), assembled: false, at })
    if (token.type === 'string') return this.strings(token)
    if (token.text === '(') return this.parenthesised(at)
    if (token.text === '[') return this.list(at, ']')
    if (token.text === '{') return this.dict(at)
    throw new TemplateSyntaxError(`unexpected '${token.text}'`)
  }

  /** Adjacent strings are one string: '__cla' 'ss__'. */
  private strings(first: Token): Expression {
    const parts = [first]
    while (this.peek()?.type === 'string') parts.push(this.next())
    return this.node({
      type: 'constant',
      value: parts.map((part) => part.text).join(''),
      assembled: parts.length > 1 || first.escaped,
      at: first.at,
    })
  }

  private parenthesised(at: number): Expression {
    if (this.skipOperator(')')) return this.node({ type: 'list', items: [], at })
    const first = this.expression()
    if (this.skipOperator(')')) return first
    const items = [first]
    while (this.skipOperator(',')) {
      if (this.isOperator(')')) break
      items.push(this.expression())
    }
    this.expect(')')
    return this.node({ type: 'list', items, at }, items)
  }

  private list(at: number, close: string): Expression {
    const items: Expression[] = []
    while (!this.skipOperator(close)) {
      items.push(this.expression())
      if (!this.isOperator(close)) this.expect(',')
    }
    return this.node({ type: 'list', items, at }, items)
  }

  private dict(at: number): Expression {
    const entries: { key: Expression; value: Expression }[] = []
    while (!this.skipOperator('}')) {
      const key = this.expression()
      this.expect(':')
      entries.push({ key, value: this.expression() })
      if (!this.isOperator('}')) this.expect(',')
    }
    const children = entries.flatMap(({ key, value }) => [key, value])
    return this.node({ type: 'dict', entries, at }, children)
  }

  private postfix(start: Expression): Expression {
    let object = start
    for (;;) {
      const { at } = object
      if (this.skipOperator('.')) {
        const token = this.next()
        if (token.type === 'number') {
          const index = this.node({
            type: 'constant',
            value: Number(token.text),
            assembled: false,
            at: token.at,
          })
          object = this.node({ type: 'subscript', object, index, at }, [object])
        } else if (token.type === 'name')
          object = this.node({ type: 'attribute', object, name: token.text, at }, [object])
        else throw new TemplateSyntaxError(`unexpected '${token.text.slice(0, 40)}' after '.'`)
      } else if (this.skipOperator('[')) object = this.subscript(object)
      else if (this.skipOperator('(')) object = this.call(object)
      else return object
    }
  }

  private subscript(object: Expression): Expression {
    const { at } = object
    const parts: (Expression | undefined)[] = [undefined]
    while (!this.skipOperator(']')) {
      if (this.skipOperator(':')) parts.push(undefined)
      else if (this.skipOperator(','))
        throw new TemplateSyntaxError('a subscript has several parts')
      else parts[parts.length - 1] = this.expression()
    }
    const children = parts.filter((part) => part !== undefined)
    const [index] = parts
    if (parts.length === 1 && index !== undefined)
      return this.node({ type: 'subscript', object, index, at }, [object, index])
    return this.node({ type: 'slice', object, parts, at }, [object, ...children])
  }

  private call(callee: Expression): Expression {
    const args = this.args()
    return this.node({ type: 'call', callee, args, at: callee.at }, [callee, ...all(args)])
  }

  private filterOrTest(start: Expression): Expression {
    let result = start
    for (;;) {
      if (this.skipOperator('|')) result = this.filter(result)
      else if (this.skipName('is')) result = this.test(result)
      else if (this.skipOperator('(')) result = this.call(result)
      else return result
    }
  }

  private filter(input: Expression): Expression {
    const name = this.dottedName()
    const args = this.skipOperator('(') ? this.args() : { positional: [], named: [], spread: [] }
    return this.node({ type: 'filter', name, input, args, at: input.at }, [input, ...all(args)])
  }

  private test(input: Expression): Expression {
    const negated = this.skipName('not')
    const name = this.dottedName()
    const args: Arguments = { positional: [], named: [], spread: [] }
    if (this.skipOperator('(')) Object.assign(args, this.args())
    else if (this.startsTestArgument()) args.positional.push(this.postfix(this.primary()))
    const test = this.node({ type: 'test', name, input, args, at: input.at }, [input, ...all(args)])
    if (!negated) return test
    return this.node({ type: 'unary', operator: 'not', operand: test, at: input.at }, [test])
  }

  private startsTestArgument(): boolean {
    const token = this.peek()
    if (token === undefined) return false
    if (token.type === 'name') return !NO_TEST_ARGUMENT.has(token.text)
    return token.type !== 'operator' || token.text === '[' || token.text === '{'
  }

  private dottedName(): string {
    let name = this.name()
    while (this.skipOperator('.')) name += `.${this.name()}`
    return name
  }

  private binary(operator: string, left: Expression, right: Expression): Expression {
    return this.node({ type: 'binary', operator, left, right, at: left.at }, [left, right])
  }

  private node(draft: Draft, children: readonly Expression[] = []): Expression {
    let depth = 1
    for (const child of children) depth = Math.max(depth, child.depth + 1)
    if (depth > MOST_DEPTH) throw new TemplateSyntaxError('it is nested too deep')
    return { ...draft, depth } as Expression
  }
}

const isPlain = (token: Token | undefined): boolean => token?.type === 'operator'

function all({ positional, named, spread }: Arguments): Expression[] {
  return [...positional, ...named.map(({ value }) => value), ...spread]
}
