import type * as acorn from 'acorn'

/** Nodes of TypeScript and JSX that carry code; types, interfaces and the like are skipped. */
export interface WrappedNode extends acorn.Node {
  type:
    | 'TSAsExpression'
    | 'TSNonNullExpression'
    | 'TSTypeAssertion'
    | 'TSSatisfiesExpression'
    | 'TSInstantiationExpression'
    | 'TSExportAssignment'
    | 'TSExternalModuleReference'
    | 'JSXExpressionContainer'
    | 'Decorator'
  expression: Node
}
export interface ImportEqualsNode extends acorn.Node {
  type: 'TSImportEqualsDeclaration'
  id: acorn.Identifier
  moduleReference: Node
}
export interface ParameterPropertyNode extends acorn.Node {
  type: 'TSParameterProperty'
  parameter: acorn.Pattern
}
export interface EnumNode extends acorn.Node {
  type: 'TSEnumDeclaration'
  id: acorn.Identifier
  members?: readonly { id: Node; initializer?: Node | null }[]
  body?: { members?: EnumNode['members'] }
}
/** Anything whose parts are looked at one by one without a meaning of their own. */
export interface OtherNode extends acorn.Node {
  type: 'TSModuleBlock' | 'TSModuleDeclaration' | 'JSXElement' | 'JSXFragment'
}
export type Node =
  | acorn.AnyNode
  | WrappedNode
  | ImportEqualsNode
  | ParameterPropertyNode
  | EnumNode
  | OtherNode
export type FunctionNode =
  | acorn.FunctionDeclaration
  | acorn.FunctionExpression
  | acorn.ArrowFunctionExpression
  | acorn.AnonymousFunctionDeclaration

export const isFunctionNode = (node: Node): node is FunctionNode =>
  node.type === 'FunctionDeclaration' ||
  node.type === 'FunctionExpression' ||
  node.type === 'ArrowFunctionExpression'

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  typeof value.type === 'string' &&
  'start' in value

/** Types and declarations that vanish when the source is compiled. */
const ERASED = new Set([
  'typeAnnotation',
  'returnType',
  'typeParameters',
  'typeArguments',
  'superTypeParameters',
  'implements',
])

/** The parts of a node in the order of the text, types left out. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = []
  for (const key in node) {
    if (ERASED.has(key)) continue
    const value: unknown = node[key as keyof Node]
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) children.push(item)
    } else if (isNode(value)) children.push(value)
  }
  return children
}

/** The name of a property that is written as a name or as a literal. */
export function plainKey(node: Node, computed: boolean): string | undefined {
  if (!computed && (node.type === 'Identifier' || node.type === 'PrivateIdentifier'))
    return node.name
  if (node.type === 'Literal' && (typeof node.value === 'string' || typeof node.value === 'number'))
    return String(node.value)
  return undefined
}
