import { callBack } from './callback'
import type { Machine } from './machine'
import type { Node } from './node'
import { reportFlow } from './report-flow'
import { deepTaints, hintOf, taint, taintedValue, type Value } from './value'

/** Functions that are handed to WebAssembly, in all modules of one import object. */
const MOST_IMPORTS = 64

/**
 * Imports are all that WebAssembly can do outside of its memory: what they give it, and what they
 * do with what it hands them.
 */
export function foundImports(m: Machine, [source, imports]: readonly Value[], at: Node): void {
  const given = taintedValue([taint('input', 'is handed over by WebAssembly', at, 'message')])
  let count = 0
  for (const module of imports?.shape?.properties.values() ?? [])
    for (const part of module.shape?.properties.values() ?? []) {
      if (part.code === undefined || count++ >= MOST_IMPORTS) continue
      // Glue of wasm-bindgen makes functions of texts; programs it never starts.
      const text = m.text.slice(
        part.code.node.start,
        Math.min(part.code.node.end, part.code.node.start + 2000),
      )
      const args = /\bFunction\b/.test(text) ? [] : [given, given]
      for (const one of deepTaints(callBack(m, part, args, at)))
        if (one.source === 'environment' && one.what === '*')
          reportFlow(m, one, 'native', at, 'hands it to WebAssembly')
    }
  const where = source === undefined ? undefined : fetched(source)
  if (where !== undefined) m.see('threat.dependency-source', at, { evidence: where })
}

/** An address that the machine code comes from, unless it is the page's own or a known one. */
function fetched(source: Value): string | undefined {
  const origin = source.taints.find((one) => one.source === 'network')
  return origin === undefined ? undefined : foreignCode(hintOf(source) ?? origin.what)
}

/** Hosts that serve the code of many projects. */
const CODE_HOSTS =
  /(?:^|\.)(?:jsdelivr\.net|unpkg\.com|esm\.sh|esm\.run|skypack\.dev|cdnjs\.cloudflare\.com|deno\.land|jsr\.io|googleapis\.com|gstatic\.com|jspm\.(?:dev|io)|huggingface\.co|hf\.co|cloudflare\.com|bootstrapcdn\.com|jquery\.com|googletagmanager\.com|polyfill-fastly\.(?:io|net)|raw\.githubusercontent\.com|github\.io|microsoft\.com|aspnetcdn\.com|localhost|127\.0\.0\.1|denopkg\.com|nest\.land|observablehq\.com|stripe\.com|paypal\.com|x\.com|facebook\.net|mapbox\.com|azureedge\.net|amazonaws\.com|cloudfront\.net|netlify\.app|vercel\.app|pages\.dev)$/i

/** The address when it is that of code, absolute, and on a host that serves nobody else's. */
export function foreignCode(url: string): string | undefined {
  const host = /^(?:https?:)?\/\/(?:[^@/\s]*@)?([\w.-]+)/i.exec(url)?.[1]
  return host === undefined || !host.includes('.') || CODE_HOSTS.test(host) ? undefined : url
}
