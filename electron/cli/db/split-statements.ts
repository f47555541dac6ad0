/**
 * The statements of a migration, as the Supabase CLI records them. Knows strings, names in quotes,
 * dollar quotes, both kinds of comments and bodies of BEGIN ATOMIC; everything else is text.
 */
export function splitStatements(sql: string): string[] {
  const statements: string[] = []
  let start = 0
  let at = 0
  /** Of BEGIN ATOMIC and the CASE inside of it, each of which ends with END. */
  let depth = 0
  let previous = ''
  const close = (end: number) => {
    const statement = sql.slice(start, end).trim()
    if (stripComments(statement).trim() !== '') statements.push(statement)
    start = end + 1
  }
  while (at < sql.length) {
    const skipped = skipToken(sql, at)
    if (skipped > at) {
      at = skipped
      continue
    }
    const word = /^[A-Za-z_]\w*/.exec(sql.slice(at, at + 64))?.[0].toLowerCase()
    if (word === undefined) {
      if (sql[at] === ';' && depth === 0) close(at)
      at += 1
      continue
    }
    if (word === 'atomic' && previous === 'begin') depth += 1
    else if (depth > 0 && word === 'case') depth += 1
    else if (depth > 0 && word === 'end') depth -= 1
    previous = word
    at += word.length
  }
  close(sql.length)
  return statements
}

/** What statements do, without comments and white space: the same for the CLI and for us. */
export function essence(statements: readonly string[]): string {
  return statements.map((one) => stripComments(one, /[\s;]/)).join('')
}

/** Without comments, and outside of strings without what `also` matches. */
function stripComments(sql: string, also?: RegExp): string {
  let out = ''
  let at = 0
  while (at < sql.length) {
    const end = skipToken(sql, at)
    if (end > at) {
      if (!/^(--|\/\*)/.test(sql.slice(at, at + 2))) out += sql.slice(at, end)
      at = end
      continue
    }
    const character = sql[at] ?? ''
    if (!also?.test(character)) out += character
    at += 1
  }
  return out
}

/** Where the comment, string, quoted name or dollar quote that begins here ends; `at` if none does. */
function skipToken(sql: string, at: number): number {
  const two = sql.slice(at, at + 2)
  const upTo = (index: number, length: number) => (index < 0 ? sql.length : index + length)
  if (two === '--') return upTo(sql.indexOf('\n', at), 1)
  if (two === '/*') return skipBlockComment(sql, at)
  if (sql[at] === "'" || sql[at] === '"') {
    const escapes = sql[at] === "'" && /(^|\W)[eE]$/.test(sql.slice(Math.max(0, at - 2), at))
    return skipQuoted(sql, at, escapes)
  }
  if (sql[at] === '$' && !/\w/.test(sql[at - 1] ?? '')) {
    const tag = /^\$([A-Za-z_]\w*)?\$/.exec(sql.slice(at, at + 70))?.[0]
    if (tag !== undefined) return upTo(sql.indexOf(tag, at + tag.length), tag.length)
  }
  return at
}

/** They nest, unlike those of C. */
function skipBlockComment(sql: string, start: number): number {
  let depth = 0
  for (let at = start; at < sql.length; at += 1) {
    const two = sql.slice(at, at + 2)
    if (two !== '/*' && two !== '*/') continue
    depth += two === '/*' ? 1 : -1
    at += 1
    if (depth === 0) return at + 1
  }
  return sql.length
}

function skipQuoted(sql: string, start: number, escapes: boolean): number {
  const quote = sql[start]
  for (let at = start + 1; at < sql.length; at += 1) {
    if (escapes && sql[at] === '\\') at += 1
    else if (sql[at] === quote) {
      if (sql[at + 1] !== quote) return at + 1
      at += 1
    }
  }
  return sql.length
}
