import { text } from './messages'
import { DatabaseProblem } from './problem'

type Input = NodeJS.ReadStream
type Output = { write(chunk: string): unknown }

/** Reads one line from the terminal without showing it. Throws where there is no terminal. */
export function askHidden(
  prompt: string,
  input: Input = process.stdin,
  output: Output = process.stderr,
): Promise<string> {
  if (!input.isTTY) throw new DatabaseProblem(text.noTerminal)
  output.write(prompt)
  return new Promise((resolve, reject) => {
    let line = ''
    // Raw, or the terminal would show every key before it is read here.
    input.setRawMode(true)
    input.setEncoding('utf8')
    const end = (settle: () => void) => {
      input.setRawMode(false)
      input.pause()
      input.off('data', onData)
      output.write('\n')
      settle()
    }
    const onData = (data: string) => {
      // An arrow or function key is one chunk, and no part of a password.
      if (data.startsWith('\u001b')) return
      for (const key of data) {
        if (key === '\r' || key === '\n') return end(() => resolve(line))
        if (key === '\u0003' || key === '\u0004')
          return end(() => reject(new DatabaseProblem(text.cancelled)))
        if (key === '\u007f' || key === '\b') line = [...line].slice(0, -1).join('')
        else if (key === '\u0015') line = ''
        else if (key >= ' ') line += key
      }
    }
    input.on('data', onData)
    input.resume()
  })
}

/** Asks for a word that shows that its writer knows what is about to happen. */
export async function confirmTyped(
  warning: string,
  word: string,
  given: string | undefined,
  input: Input = process.stdin,
  output: Output = process.stderr,
): Promise<void> {
  if (given !== undefined) {
    if (given !== word) throw new DatabaseProblem(text.notConfirmed(word))
    return
  }
  if (!input.isTTY) throw new DatabaseProblem(text.confirmFlag(warning, word))
  const { createInterface } = await import('node:readline/promises')
  output.write(`${warning}\n`)
  const lines = createInterface({ input, output: process.stderr })
  try {
    if ((await lines.question(text.typeToConfirm(word))).trim() !== word)
      throw new DatabaseProblem(text.notConfirmed(word))
  } finally {
    lines.close()
  }
}
