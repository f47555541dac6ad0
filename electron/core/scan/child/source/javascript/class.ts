import type * as acorn from 'acorn'
import { keyOf } from './keys'
import type { Machine } from './machine'
import { isFunctionNode } from './node'
import { blockScope, createScope, declare, type Scope } from './scope'
import {
  objectShape,
  shapeValue,
  type Taint,
  taint,
  taintedValue,
  UNKNOWN,
  type Value,
} from './value'

type ClassNode = acorn.Class | acorn.AnonymousClassDeclaration

/** What constructors of such classes are given: keys of a wallet, the configuration of a model file. */
function constructedWith(base: string, at: ClassNode): Taint | undefined {
  if (/^#(?:ethers|@solana|bitcoinjs|web3|tronweb)\b.*(?:Wallet|Keypair|Signer)$/.test(base))
    return taint('credentials', 'is given a private key', at, 'key')
  return /(?:^|\.)layers\.Layer$/.test(base)
    ? taint('input', 'is read from a model file', at, 'message')
    : undefined
}

/**
 * A class is one object here: its static side, its prototype and all its instances. That loses
 * which instance holds what, and keeps what methods hand to each other over `this`.
 */
export function evaluateClass(m: Machine, node: ClassNode, scope: Scope): Value {
  const base = node.superClass == null ? UNKNOWN : m.evaluate(node.superClass, scope)
  const shape = objectShape()
  for (const [key, value] of base.shape?.properties ?? []) shape.properties.set(key, value)
  const self: Value = {
    ...shapeValue(shape),
    path: base.path === undefined ? undefined : `${base.path}()`,
  }
  const inner = blockScope(scope)
  const whole: Value = { ...self, path: undefined }
  if (node.id != null) declare(inner, node.id.name, whole)
  // Without a constructor of its own a class has that of its base.
  let constructorCode: Value['code'] = base.path === undefined ? base.code : undefined
  for (const part of node.body.body) {
    if (part.type === 'StaticBlock') {
      const block = createScope(inner, scope.owner, self, false)
      for (const statement of part.body) m.execute(statement, block)
      continue
    }
    if (part.type !== 'PropertyDefinition' && part.type !== 'MethodDefinition') continue
    const key = keyOf(m, part.key, part.computed, inner).key ?? ''
    if (part.type === 'PropertyDefinition') {
      if (part.value == null) continue
      const field = createScope(inner, scope.owner, self, false)
      const value = m.evaluate(part.value, field)
      if (value.code !== undefined && value.code.self === UNKNOWN) value.code.self = self
      shape.properties.set(key, value)
      continue
    }
    if (!isFunctionNode(part.value)) continue // a signature of TypeScript
    const method = m.functionValue(part.value, inner)
    if (method.code !== undefined) method.code.self = self
    if (part.kind === 'constructor') constructorCode = method.code
    else if (part.kind === 'method') shape.properties.set(key, method)
    else if (part.kind === 'get' && method.code !== undefined)
      shape.properties.set(key, m.invoke(method.code, [], self, part))
  }
  if (node.id != null) {
    const own = inner.names.get(node.id.name)
    if (own !== undefined) own.value = { ...whole, code: constructorCode }
  }
  const given = base.path === undefined ? undefined : constructedWith(base.path, node)
  if (given !== undefined && constructorCode !== undefined)
    m.invoke(constructorCode, [taintedValue([given])], self, node.body)
  return { ...whole, code: constructorCode }
}
