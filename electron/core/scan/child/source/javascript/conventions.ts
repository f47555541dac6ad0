import type * as acorn from 'acorn'
import { isSecretName } from './sources'
import { type Taint, taint, textOf, UNKNOWN, type Value } from './value'

interface Range {
  readonly start: number
  readonly end: number
}

/**
 * Origins that show in a name only, because a framework made the object: NestJS and Vite hand out
 * settings so, TensorFlow.js what a model file says about itself.
 */
export function namedOrigin(
  callee: acorn.MemberExpression,
  key: string | undefined,
  self: Value,
  args: readonly Value[],
  at: Range,
): Taint | undefined {
  switch (key) {
    case 'getRequest':
      return taint('network', 'is sent by a client', at, 'request')
    case 'getUserDefinedMetadata':
      return taint('input', 'is read from a model file', at, 'message')
    case 'get':
    case 'getOrThrow': {
      if (key === 'get' && signsIn(callee, self, args))
        return taint('credentials', 'reads how a client signs in', at, 'key')
      const name = textOf(args[0] ?? UNKNOWN)
      return name !== undefined && isVariable(name) && /config/i.test(lastName(callee.object))
        ? taint('environment', `reads the variable ${name}`, at, name)
        : undefined
    }
    default:
      return undefined
  }
}

/** `request.headers.get('authorization')`, `event.cookies.get('session')`. */
function signsIn(callee: acorn.MemberExpression, self: Value, [first]: readonly Value[]): boolean {
  const name = textOf(first ?? UNKNOWN) ?? ''
  return lastName(callee.object) === 'cookies'
    ? /sess|token|auth|jwt/i.test(name)
    : /^(?:authorization|cookie|x-api-key)$/i.test(name) &&
        self.taints.some(({ what }) => what === 'request')
}

/** Functions of h3 (Nuxt, Nitro) that give what a client sent. */
export const isClientRead = (callee: acorn.Node, text: string): boolean =>
  callee.type === 'Identifier' &&
  /^(?:readBody|readRawBody|readFormData|getQuery)$/.test(text.slice(callee.start, callee.end))

/** `c.env.API_KEY`: the secrets of a worker are members of an object that it is handed. */
export const namedSecret = (node: acorn.MemberExpression, key: string): Taint | undefined =>
  isVariable(key) && lastName(node.object) === 'env'
    ? taint('environment', `reads the variable ${key}`, node, key)
    : undefined

const isVariable = (name: string): boolean => /^[A-Z][A-Z0-9_]+$/.test(name) && isSecretName(name)

function lastName(node: acorn.Expression | acorn.Super): string {
  if (node.type === 'Identifier') return node.name
  return node.type === 'MemberExpression' && node.property.type === 'Identifier'
    ? node.property.name
    : ''
}
