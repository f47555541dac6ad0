import { statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { isInside } from '../files'

/** What the build puts into out/renderer. Anything else is not part of the page and not served. */
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/vnd.microsoft.icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

export interface PageFile {
  /** Absolute path below the root. */
  path: string
  /** Media type, for Content-Type. */
  type: string
}

/**
 * The file of the built page at a URL's path; undefined where there is none. '/' is index.html;
 * no other path falls back to it, because routes live in the hash.
 */
export function resolvePageFile(root: string, urlPath: string): PageFile | undefined {
  const name = decode(urlPath)
  // A backslash and a colon (drives, streams) mean something to Windows only; NUL ends a C string.
  if (name === undefined || !name.startsWith('/') || /[\0\\:]/.test(name)) return undefined
  const path = join(root, name === '/' ? 'index.html' : name)
  const type = TYPES[extname(path)]
  return type !== undefined && isInside(root, path) && isFile(path) ? { path, type } : undefined
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Once only: what is still encoded afterwards is part of a name. */
function decode(urlPath: string): string | undefined {
  try {
    return decodeURIComponent(urlPath)
  } catch {
    return undefined
  }
}
