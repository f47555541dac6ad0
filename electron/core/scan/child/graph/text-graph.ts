import { printable } from '../archive/entry-name'
import { inconclusive, type Outcome, type ParseContext, type Parser } from '../context'
import { readText } from '../text/read-text'
import { noteOperator } from './tensorflow-graph'

/** Graphs written as text are small; weights in them are escapes of several bytes each. */
const MOST_BYTES = 64 * 1024 * 1024
const MOST_ATTRIBUTES = 32
const MOST_DEPTH = 200

const TOKEN =
  /\s+|#[^\n]*|[A-Za-z_][\w.]*|"((?:[^"\\\n]|\\[\s\S])*)"|'((?:[^'\\\n]|\\[\s\S])*)'|[-+]?[\d.][\w.+-]*|\[[A-Za-z][\w./]*\]|[{}<>:;,[\]-]/y

interface Message {
  field: string
  name: string
  operator: string
  key: string
  attributes: { name: string; value: string }[]
}

/** A GraphDef or SavedModel in the text format (protobuf.dev, text format): operators are facts. */
export const parseTextGraph: Parser = (source, context) => {
  const text = readText(source, context, MOST_BYTES)
  const stack: Message[] = [message('')]
  let field = ''
  let nodes = 0
  for (let at = 0; at < text.length; ) {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    if (match === null) return broken(context, text, at)
    at = TOKEN.lastIndex
    const token = match[0]
    const top = stack.at(-1)
    if (top === undefined) return broken(context, text, at)
    if (/^[\s#]/.test(token)) continue
    const literal = match[1] ?? match[2]
    if (literal !== undefined) take(top, stack, field, unescaped(literal))
    else if (token === '{' || token === '<') {
      if (stack.length === MOST_DEPTH) return broken(context, text, at)
      stack.push(message(field))
    } else if (token === '}' || token === '>') {
      if (stack.length === 1) return broken(context, text, at)
      stack.pop()
      if (top.operator !== '' && /^node(_def)?$/.test(top.field)) {
        if ((++nodes & 255) === 0) context.checkpoint()
        noteOperator(context, {
          operator: top.operator.slice(0, 200),
          name: top.name.slice(0, 200),
          where: 'the graph',
          attributes: top.attributes,
          offset: Buffer.byteLength(text.slice(Math.max(0, at - 1), at)) + at - 1,
        })
      }
    } else if (/^[A-Za-z_]/.test(token)) field = token
  }
  if (stack.length > 1) return broken(context, text, text.length)
  context.add({ kind: 'metadata', name: 'count.nodes', location: {}, detail: { value: nodes } })
  return { status: 'complete', reason: null }
}

const message = (field: string): Message => ({
  field,
  name: '',
  operator: '',
  key: '',
  attributes: [],
})

/** `name:`, `op:` of a node; `key:` and the texts below `value` of an attribute of it. */
function take(top: Message, stack: readonly Message[], field: string, value: string): void {
  if (field === 'op') top.operator = value
  else if (field === 'name') top.name = value
  else if (field === 'key') top.key = value
  else if (field === 's') {
    const node = stack.findLast((one) => /^node(_def)?$/.test(one.field))
    const key = stack.findLast((one) => one.key !== '')?.key ?? ''
    if (node !== undefined && node.attributes.length < MOST_ATTRIBUTES)
      node.attributes.push({ name: key.slice(0, 200), value: value.slice(0, 4096) })
  }
}

const unescaped = (text: string): string =>
  text.replace(/\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|[\s\S])/g, (whole, code: string) => {
    if (code.startsWith('x')) return String.fromCharCode(Number.parseInt(code.slice(1), 16))
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 255)
    return { n: '\n', r: '\r', t: '\t' }[code] ?? (/\w/.test(code) ? whole : code)
  })

function broken(context: ParseContext, text: string, at: number): Outcome {
  context.anomaly('tensorflow.malformed', at, printable(text.slice(at, at + 40)))
  return inconclusive('It begins as a graph of TensorFlow in text and is not one to its end.')
}
