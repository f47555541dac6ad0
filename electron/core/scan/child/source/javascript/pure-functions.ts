import { type Folded, MOST_ITEMS } from './strings'
import type { Constant } from './value'

/** Functions of the language that are pure, by path. Undefined: not known, or it would throw. */
export function foldGlobal(path: string, args: readonly Constant[]): Folded | undefined {
  const [first, second] = args
  try {
    switch (path) {
      case 'String.fromCharCode':
      case 'String.fromCodePoint': {
        if (!args.every((arg) => typeof arg === 'number') || args.length > MOST_ITEMS)
          return undefined
        const codes = args.map(Number)
        const value =
          path === 'String.fromCharCode'
            ? codes.map((code) => String.fromCharCode(code)).join('')
            : codes.map((code) => String.fromCodePoint(code)).join('')
        return { value, decodes: 'decodes character codes' }
      }
      case 'atob':
        return typeof first === 'string'
          ? { value: atob(first), decodes: 'decodes Base64' }
          : undefined
      case 'btoa':
        return typeof first === 'string' ? { value: btoa(first) } : undefined
      case 'unescape':
        return typeof first === 'string'
          ? { value: unescapeText(first), decodes: 'decodes escapes' }
          : undefined
      case 'decodeURIComponent':
      case 'decodeURI': {
        if (typeof first !== 'string') return undefined
        const value = decodeURIComponent(first)
        return value === first ? { value } : { value, decodes: 'decodes escapes' }
      }
      case 'encodeURIComponent':
      case 'encodeURI':
        return typeof first === 'string' ? { value: encodeURIComponent(first) } : undefined
      case 'parseInt':
      case 'Number.parseInt':
        return typeof first === 'object'
          ? undefined
          : {
              value: Number.parseInt(
                String(first),
                second === undefined ? undefined : Number(second),
              ),
            }
      case 'parseFloat':
      case 'Number.parseFloat':
        return { value: Number.parseFloat(String(first)) }
      case 'Number':
        return typeof first === 'object' ? undefined : { value: Number(first ?? 0) }
      case 'String':
        return typeof first === 'object'
          ? undefined
          : { value: args.length === 0 ? '' : String(first) }
      case 'Boolean':
        return { value: Boolean(first) }
      case 'Math.floor':
      case 'Math.ceil':
      case 'Math.round':
      case 'Math.abs':
      case 'Math.trunc':
      case 'Math.sqrt': {
        const name = path.slice(5) as 'floor'
        return typeof first === 'number' ? { value: Math[name](first) } : undefined
      }
      case 'Math.pow':
        return { value: Number(first) ** Number(second) }
      case 'Math.min':
        return { value: Math.min(...args.slice(0, 100).map(Number)) }
      case 'Math.max':
        return { value: Math.max(...args.slice(0, 100).map(Number)) }
      default:
        return undefined
    }
  } catch {
    // It throws in the program, too.
    return undefined
  }
}

/** Annex B.2.1.2 of ECMA-262, which TypeScript calls deprecated. */
function unescapeText(text: string): string {
  return text.replace(/%u([0-9a-fA-F]{4})|%([0-9a-fA-F]{2})/g, (_, wide, narrow) =>
    String.fromCharCode(Number.parseInt(wide ?? narrow, 16)),
  )
}
