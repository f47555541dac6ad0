/** Syntax tree of the Jinja dialect that chat templates use. `at` is an index into the source. */

export interface Arguments {
  positional: Expression[]
  named: { name: string; value: Expression }[]
  /** '*' and '**' arguments. */
  spread: Expression[]
}

export type Expression = { at: number; depth: number } & (
  | { type: 'constant'; value: string | number | boolean | null; assembled: boolean }
  | { type: 'name'; name: string }
  | { type: 'list'; items: Expression[] }
  | { type: 'dict'; entries: { key: Expression; value: Expression }[] }
  | { type: 'attribute'; object: Expression; name: string }
  | { type: 'subscript'; object: Expression; index: Expression }
  | { type: 'slice'; object: Expression; parts: (Expression | undefined)[] }
  | { type: 'call'; callee: Expression; args: Arguments }
  | { type: 'filter'; name: string; input: Expression; args: Arguments }
  | { type: 'test'; name: string; input: Expression; args: Arguments }
  | { type: 'unary'; operator: string; operand: Expression }
  | { type: 'binary'; operator: string; left: Expression; right: Expression }
  | { type: 'concat'; parts: Expression[] }
  | { type: 'compare'; operator: string; left: Expression; right: Expression }
  | { type: 'conditional'; test: Expression; yes: Expression; no: Expression | undefined }
  /** The text of the block that a filter or a set block encloses. */
  | { type: 'captured' }
)

export interface Parameter {
  name: string
  fallback: Expression | undefined
}

/** What `set` and `for` assign to: a name, or an attribute of a namespace. */
export interface Target {
  name: string
  attribute: string | undefined
}

export type Statement = { start: number; end: number } & (
  | { type: 'text'; text: string }
  | { type: 'output'; value: Expression }
  | { type: 'if'; branches: { test: Expression | undefined; body: Statement[] }[] }
  | {
      type: 'for'
      targets: Target[]
      iterable: Expression
      filter: Expression | undefined
      body: Statement[]
      otherwise: Statement[]
    }
  | { type: 'set'; targets: Target[]; value: Expression }
  | { type: 'capture'; target: Target | undefined; filter: Expression; body: Statement[] }
  | { type: 'macro'; name: string; parameters: Parameter[]; body: Statement[] }
  | { type: 'call'; call: Expression; parameters: Parameter[]; body: Statement[] }
  | { type: 'with'; bindings: { target: Target; value: Expression }[]; body: Statement[] }
  | { type: 'scope'; body: Statement[] }
  | { type: 'load'; what: string; value: Expression }
  | { type: 'broken'; reason: string }
)

/** Syntax that this reader does not know; never lost, always a fact. */
export class TemplateSyntaxError extends Error {
  override readonly name = 'TemplateSyntaxError'
}
