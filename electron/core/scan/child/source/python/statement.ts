import { assignTo, takeApart } from './assign'
import { decorate, defineClass } from './definition'
import { evaluateItems } from './expression'
import { foldBinary } from './fold-operator'
import { makeFunction } from './function'
import { noteImports } from './local-import'
import { executeFor, executeWhile } from './loop'
import type { Machine } from './machine'
import { canonicalName } from './names'
import { isOperand, nameAt } from './operand'
import { callDunder } from './operator'
import { moduleOf, type Scope } from './scope'
import { isExecWord, type Node } from './tree'
import { dataValue, joined, refValue, taintsOf, UNKNOWN, unknownWith } from './value'
import { watchTest } from './watch'

export function executeNode(machine: Machine, node: Node, scope: Scope): void {
  switch (node.type) {
    case 'Script':
    case 'Body':
    case 'StatementGroup':
      executeAll(machine, node.kids, scope)
      return
    case 'ExpressionStatement':
    case 'PrintStatement':
    case 'DeleteStatement':
    case 'RaiseStatement':
    case 'AssertStatement':
      for (const kid of node.kids) if (isOperand(kid)) machine.evaluate(kid, scope)
      return
    case 'YieldStatement':
      machine.evaluate(node, scope)
      return
    case 'AssignStatement':
      executeAssignment(machine, node, scope)
      return
    case 'UpdateStatement':
      executeUpdate(machine, node, scope)
      return
    case 'ImportStatement':
      executeImport(machine, node, scope)
      return
    case 'FunctionDefinition': {
      const fn = makeFunction(machine, node, scope)
      scope.set(fn.name, dataValue({ kind: 'function', fn }))
      return
    }
    case 'ClassDefinition':
      defineClass(machine, node, scope)
      return
    case 'DecoratedStatement':
      decorate(machine, node, scope)
      return
    case 'ReturnStatement':
      executeReturn(machine, node, scope)
      return
    case 'IfStatement':
      executeIf(machine, node, scope)
      return
    case 'TryStatement':
      executeTry(machine, node, scope)
      return
    case 'WhileStatement':
      executeWhile(machine, node, scope)
      return
    case 'ForStatement':
      executeFor(machine, node, scope)
      return
    case 'WithStatement':
      executeWith(machine, node, scope)
      return
    case 'ScopeStatement': {
      for (const kid of node.kids)
        if (kid.type === 'VariableName') redirect(machine, node, nameAt(machine, kid).name, scope)
      return
    }
    default:
      executeAll(machine, node.kids, scope)
      return
  }
}

function executeAll(machine: Machine, kids: readonly Node[], scope: Scope): void {
  for (let index = 0; index < kids.length; index++) {
    const kid = kids[index]
    if (kid === undefined) continue
    if (isExecWord(kid, machine.text)) {
      // Python 2: exec code; the grammar sees two statements with nothing between them.
      const operand = kids
        .slice(index + 1, index + 3)
        .find((one) => one.type === 'ExpressionStatement')
      const code = operand?.kids.find(isOperand)
      if (code !== undefined && kids[index + 1]?.type === '⚠') {
        const text =
          code.type === 'BinaryExpression' && code.kids.some((one) => one.type === 'in')
            ? (code.kids[0] ?? code)
            : code
        machine.call(
          refValue('builtins.exec'),
          { plain: [machine.evaluate(text, scope)], named: new Map() },
          { ...kid, to: code.to },
        )
        index += 1
        continue
      }
    }
    if (/Statement$|Definition$|^Body$|^Match|^StatementGroup$/.test(kid.type))
      machine.execute(kid, scope)
    else if (isOperand(kid)) machine.evaluate(kid, scope)
  }
}

function redirect(machine: Machine, node: Node, name: string, scope: Scope): void {
  const isGlobal = machine.text.startsWith('global', node.from)
  if (isGlobal) {
    if (moduleOf(scope) !== scope) scope.redirect(name, moduleOf(scope))
    return
  }
  for (let at = scope.parent; at !== undefined; at = at.parent)
    if (at.own(name) !== undefined) {
      scope.redirect(name, at)
      return
    }
}

/** a = b, c = value: each part before the last '=' is a target. */
function executeAssignment(machine: Machine, node: Node, scope: Scope): void {
  const groups: Node[][] = [[]]
  for (const kid of node.kids) {
    if (kid.type === 'AssignOp') groups.push([])
    else if (kid.type !== 'TypeDef') groups.at(-1)?.push(kid)
    else machine.evaluate(kid, scope)
  }
  const last = groups.pop() ?? []
  if (groups.length === 0) return
  const operands = last.filter(isOperand)
  const isTuple = last.some((kid) => kid.type === ',')
  const [only] = operands
  const value =
    isTuple || only === undefined
      ? evaluateItems(machine, last, scope)
      : machine.evaluate(only, scope)
  for (const group of groups) {
    const targets = group.filter(isOperand)
    if (group.some((kid) => kid.type === ',')) takeApart(machine, group, value, scope)
    else for (const target of targets) machine.assign(target, value, scope)
  }
}

function executeUpdate(machine: Machine, node: Node, scope: Scope): void {
  const [target, operator, ...rest] = node.kids
  if (target === undefined || operator === undefined) return
  const old = machine.evaluate(target, scope)
  const value = rest.filter(isOperand).reduce((_, kid) => machine.evaluate(kid, scope), UNKNOWN)
  const sign = machine.text.slice(operator.from, operator.to).replace(/=$/, '')
  if (sign === '+' && old.kind === 'list' && value.kind !== 'list') {
    old.items.push(unknownWith(taintsOf(value)))
    return
  }
  machine.assign(target, foldBinary(sign, old, value), scope)
}

function executeImport(machine: Machine, node: Node, scope: Scope): void {
  const { kids } = node
  const isFrom = kids[0]?.type === 'from'
  const importAt = kids.findIndex((kid) => kid.type === 'import')
  const word = (kid: Node) => nameAt(machine, kid).name
  const module = isFrom
    ? kids
        .slice(1, importAt)
        .map((kid) =>
          kid.type === 'VariableName' ? word(kid) : machine.text.slice(kid.from, kid.to),
        )
        .join('')
    : ''
  const names: { path: string; as: string | undefined }[] = []
  let path: string[] = []
  let alias: string | undefined
  let isAlias = false
  const flush = () => {
    if (path.length > 0) names.push({ path: path.join('.'), as: alias })
    path = []
    alias = undefined
    isAlias = false
  }
  for (const kid of kids.slice(importAt + 1)) {
    if (kid.type === ',') flush()
    else if (kid.type === 'as') isAlias = true
    else if (kid.type === '*' && isFrom) scope.stars.push(canonicalName(module).name)
    else if (kid.type === 'VariableName') {
      if (isAlias) alias = word(kid)
      else path.push(word(kid))
    }
  }
  flush()
  noteImports(machine, module, names, node)
  for (const { path: name, as } of names) {
    if (isFrom) scope.set(as ?? name, refValue(canonicalName(`${module}.${name}`).name))
    else if (as !== undefined) scope.set(as, refValue(canonicalName(name).name))
    else
      scope.set(
        name.split('.')[0] ?? name,
        refValue(canonicalName(name.split('.')[0] ?? name).name),
      )
  }
}

function executeReturn(machine: Machine, node: Node, scope: Scope): void {
  const operands = node.kids.filter(isOperand)
  if (operands.length === 0) return
  const [only] = operands
  const value =
    node.kids.some((kid) => kid.type === ',') || only === undefined
      ? evaluateItems(machine, node.kids, scope)
      : machine.evaluate(only, scope)
  const { frame } = machine
  frame.returned = frame.returned === undefined ? value : joined(frame.returned, value)
}

function executeIf(machine: Machine, node: Node, scope: Scope): void {
  const bodies: (() => void)[] = []
  let tests: Node[] = []
  for (const kid of node.kids) {
    if (kid.type === 'Body') {
      const about = tests
      bodies.push(() => watchTest(machine, about, kid, () => machine.execute(kid, scope)))
      tests = []
    } else if (isOperand(kid)) {
      tests.push(kid)
      machine.evaluate(kid, scope)
    }
  }
  scope.branches(bodies)
}

function executeTry(machine: Machine, node: Node, scope: Scope): void {
  const bodies: (() => void)[] = []
  let isFirst = true
  let part = 'try'
  for (const [index, kid] of node.kids.entries()) {
    if (/^(try|except|else|finally)$/.test(kid.type)) part = kid.type
    if (kid.type === 'VariableName' && node.kids[index - 1]?.type === 'as')
      scope.set(nameAt(machine, kid).name, UNKNOWN)
    else if (kid.type !== 'Body' && isOperand(kid)) machine.evaluate(kid, scope)
    if (kid.type !== 'Body') continue
    // What the block leaves is there in its handlers; the handlers are ways of their own.
    if (isFirst) machine.execute(kid, scope)
    else if (part === 'except') bodies.push(() => machine.execute(kid, scope))
    else {
      scope.branches(bodies.splice(0))
      machine.execute(kid, scope)
    }
    isFirst = false
  }
  scope.branches(bodies)
}

function executeWith(machine: Machine, node: Node, scope: Scope): void {
  let value = UNKNOWN
  for (const [index, kid] of node.kids.entries()) {
    if (kid.type === 'Body') machine.execute(kid, scope)
    else if (node.kids[index - 1]?.type === 'as') assignTo(machine, kid, value, scope)
    else if (isOperand(kid)) {
      const entered = machine.evaluate(kid, scope)
      value = callDunder(machine, entered, '__enter__', []) ?? entered
    }
  }
}
