/** A cell of IPython, taken apart. Offsets are those of the cell. */
export interface MagicCell {
  /** The cell with what is not Python blanked out or rewritten to the same length. */
  python: string
  commands: { text: string; start: number }[]
  /** Language of the whole cell: 'python', 'shell', or what its first line says. */
  language: string
  /** The file that `%%writefile` makes of the cell. */
  written?: { path: string; text: string }
}

const SHELLS = /^%%(bash|sh|script|system|sx|!)\b(.*)$/
/** Cell magics whose body is Python. */
const PYTHON =
  /^%%(time|timeit|capture|prun|memit|mprun|lprun|debug|px|python3?|pypy|snakeviz|wandb|scalene)\b/
const WRITES = /^%%writefile\s+(-a\s+)?(\S+)/

/**
 * Lines that IPython gives to a shell (`!cmd`, `x = !cmd`, `%pip …`), and cells that are no Python
 * (IPython documentation, "Built-in magic commands").
 */
export function magicLines(text: string): MagicCell {
  const head = /^\s*(%%[^\n]*)(\n|$)/.exec(text)
  if (head !== null) {
    const line = head[1] ?? ''
    const body = head[0].length
    if (SHELLS.test(line))
      return { python: '', commands: [{ text: text.slice(body), start: body }], language: 'shell' }
    const file = WRITES.exec(line)?.[2]
    if (file !== undefined && !/\.py$/.test(file))
      return {
        python: '',
        commands: [],
        language: /\.(sh|bash)$/.test(file) ? 'shell' : 'writefile',
        written: { path: file, text: text.slice(body) },
      }
    if (file === undefined && !PYTHON.test(line))
      return { python: '', commands: [], language: /^%%([\w-]+)/.exec(line)?.[1] ?? 'magic' }
    return linesOf(' '.repeat(body - 1) + text.slice(body - 1), text)
  }
  return linesOf(text, text)
}

function linesOf(text: string, original: string): MagicCell {
  const commands: MagicCell['commands'] = []
  const out: string[] = []
  let start = 0
  let continues = false
  for (const line of text.split('\n')) {
    const match: RegExpExecArray | null = continues
      ? null
      : /^(\s*(?:[\w.]+\s*=\s*)?)(!{1,2}|%(?:pip|conda|mamba|sx|system|sc)\b|%)(.*)$/.exec(line)
    const lead = match?.[1] ?? ''
    const sign = match?.[2] ?? ''
    if (match === null) out.push(continues ? ' '.repeat(line.length) : withoutHelp(line))
    else {
      const isShell = sign.startsWith('!') || /^%(sx|system|sc)/.test(sign)
      const at = start + lead.length + (isShell ? sign.length : 1)
      const rest = original.slice(at).split(/(?<!\\)\n/, 1)[0] ?? ''
      if (isShell || /^%(pip|conda|mamba)/.test(sign)) commands.push({ text: rest, start: at })
      const started = /^\s*%(?:run|load_ext)\s+(?:-\w+\s+)*([\w./-]+)/.exec(line)?.[1]
      if (started !== undefined)
        commands.push({ text: `python ${started.replace(/(\.py)?$/, '.py')}`, start: at })
      // `x = !ls` still gives x a value; `%run file.py` and its like are left out.
      const value = '0'
      out.push(`${lead}${value}`.padEnd(line.length))
    }
    continues = (match !== null || continues) && line.endsWith('\\')
    start += line.length + 1
  }
  return { python: out.join('\n'), commands, language: 'python' }
}

/** `name?` and `?name` show help. */
function withoutHelp(line: string): string {
  return /^\s*\?{1,2}[\w.]+\s*$|^\s*[\w.]+\?{1,2}\s*$/.test(line) ? ' '.repeat(line.length) : line
}
