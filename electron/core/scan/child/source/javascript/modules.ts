import type * as acorn from 'acorn'
import { joinPath, modulePath } from './globals'
import type { Machine } from './machine'
import { declare, type Scope } from './scope'
import { pathSource } from './sources'
import { pathValue } from './value'
import { foreignCode } from './wasm'

/** Names that `import … from 'x'` brings in. */
export function importDeclaration(m: Machine, node: acorn.ImportDeclaration, scope: Scope): void {
  const source = String(node.source.value)
  const foreign = foreignCode(source)
  if (foreign !== undefined) m.see('threat.dependency-source', node)
  const path = modulePath(source)
  for (const part of node.specifiers) {
    const imported =
      part.type === 'ImportSpecifier'
        ? part.imported.type === 'Identifier'
          ? part.imported.name
          : String(part.imported.value)
        : 'default'
    const whole = imported === 'default'
    const full = whole ? path : joinPath(path, imported)
    const origin = pathSource(full, part)
    declare(scope, part.local.name).value = pathValue(
      full,
      false,
      origin === undefined ? [] : [origin],
    )
  }
}
