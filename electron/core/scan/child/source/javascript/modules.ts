import type * as acorn from 'acorn'
import { joinPath, modulePath } from './globals'
import { declare, type Scope } from './scope'
import { pathSource } from './sources'
import { pathValue } from './value'

/** Names that `import … from 'x'` brings in. */
export function importDeclaration(node: acorn.ImportDeclaration, scope: Scope): void {
  const path = modulePath(String(node.source.value))
  for (const part of node.specifiers) {
    const imported =
      part.type === 'ImportSpecifier'
        ? part.imported.type === 'Identifier'
          ? part.imported.name
          : String(part.imported.value)
        : 'default'
    const whole = imported === 'default'
    const full = whole ? path : joinPath(path, imported)
    const source = pathSource(full, part)
    declare(scope, part.local.name).value = pathValue(
      full,
      false,
      source === undefined ? [] : [source],
    )
  }
}
