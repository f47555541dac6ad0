/** Variables of a text, and characters that filling them in may add to all of its statements. */
const MOST_VARIABLES = 500
const MOST_VALUE = 4096
const MOST_ADDED = 64 * 1024
const MOST_PARTS = 200
const MOST_FILLED = 1024 * 1024

/** `$name`, `${name}`, `%name%`, `%name:~2,1%`. */
const USE = /\$\{?([A-Za-z_]\w*)\}?(?![\w:(])|%([A-Za-z_][\w]*)(?::~(-?\d+)(?:,(-?\d+))?)?%/g

export interface Variables {
  /** A statement with the values that its variables have. */
  filledIn(statement: string): string
  /** Remembers what a statement assigns. */
  note(statement: string): void
}

/**
 * Variables of PowerShell and cmd.exe, as text: `$a = 'Invoke-Exp'; & ($a + 'ression')` and
 * `set a=power` with `%a%shell`. A text with quotes around it is its content.
 */
export function createVariables(): Variables {
  const values = new Map<string, string>()
  let filledSoFar = 0

  function note(statement: string): void {
    for (const part of statement.split(';', MOST_PARTS)) noteOne(part.trim())
  }

  function noteOne(statement: string): void {
    const match =
      /^\$(?:(?:global|script|env):)?([A-Za-z_]\w*)\s*\+?=\s*([\s\S]+)$/.exec(statement) ??
      /^set\s+"?([A-Za-z_]\w*)=([^"\r\n]*)"?\s*$/i.exec(statement)
    const [, name = '', value = ''] = match ?? []
    if (name === '' || value.length > MOST_VALUE || values.size > MOST_VARIABLES) return
    values.set(name.toLowerCase(), filledIn(value.replace(/;\s*$/, '').trim()))
  }

  function filledIn(statement: string): string {
    if (values.size === 0 || filledSoFar > MOST_FILLED || !/[$%]/.test(statement)) return statement
    // The name on the left of an assignment is no use of it.
    const head = /^\$[\w:]+\s*\+?=/.exec(statement)?.[0] ?? ''
    let added = 0
    const filled = statement.slice(head.length).replace(USE, (whole, power, batch, from, count) => {
      const value = values.get(String(power ?? batch).toLowerCase())
      if (value === undefined || added > MOST_ADDED) return whole
      added += value.length
      filledSoFar += value.length
      return from === undefined ? value : sliced(value, Number(from), count)
    })
    return added === 0 ? statement : joined(head + filled)
  }

  return { filledIn, note }
}

/** `%x:~2,1%`: a negative number counts from the end. */
function sliced(value: string, from: number, count: string | undefined): string {
  const rest = value.slice(from)
  if (count === undefined) return rest
  return Number(count) < 0 ? rest.slice(0, Number(count)) : rest.slice(0, Number(count))
}

/** Texts that stand beside each other now, and `& ('name')`. */
function joined(statement: string): string {
  let text = statement
  for (let round = 0; round < 3; round++)
    text = text.replace(/(['"])\s*\+\s*(['"])/g, (whole, a, b) => (a === b ? '' : whole))
  return text.replace(/([&.])\s*\(?\s*['"]([\w-]+)['"]\s*\)?/g, '$1 $2 ')
}
