// Lets Node run the repository's TypeScript as it stands: `@shared/` and imports without extension.
import { existsSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ROOT } from './runtime.mjs'

registerHooks({
  resolve(specifier, context, next) {
    // Packages resolve as they always do; their `require` takes no URL.
    if (context.parentURL?.includes('/node_modules/')) return next(specifier, context)
    const target = specifier.startsWith('@shared/')
      ? pathToFileURL(`${ROOT}/shared/${specifier.slice('@shared/'.length)}`)
      : specifier.startsWith('.') && context.parentURL
        ? new URL(specifier, context.parentURL)
        : undefined
    if (target === undefined) return next(specifier, context)
    const path = fileURLToPath(target)
    const file = [path, `${path}.ts`, `${path}/index.ts`].find(
      (candidate) => existsSync(candidate) && /\.\w+$/.test(candidate),
    )
    return next(file ? pathToFileURL(file).href : specifier, context)
  },
  /** JSON with one export a key, as the bundler offers it. */
  load(url, context, next) {
    if (!url.endsWith('.json') || url.includes('/node_modules/')) return next(url, context)
    const entries = Object.entries(JSON.parse(readFileSync(fileURLToPath(url), 'utf8')))
    // Names of their own first: a key may be a reserved word, an exported name may be anything.
    const constants = entries.map(([, value], i) => `const v${i} = ${JSON.stringify(value)}`)
    const exports = entries.map(([key], i) => `v${i} as ${JSON.stringify(key)}`)
    const source = `${constants.join('\n')}\nexport { ${exports.join(', ')} }`
    return { format: 'module', source, shortCircuit: true }
  },
})
