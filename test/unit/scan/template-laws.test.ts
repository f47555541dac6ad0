import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyseTemplate } from '../../../electron/core/scan/child/template'
import { CHAT_TEMPLATES } from '../../fixtures/chat-templates'
import { createRecording } from '../../fixtures/parse-recorder'

const sources = Object.values(CHAT_TEMPLATES)
const pieces = [
  '{{ ',
  ' }}',
  '{% ',
  ' %}',
  '{# ',
  ' #}',
  'if x',
  'elif y',
  'else',
  'endif',
  'for a in b',
  'endfor',
  'set x = ',
  'set x',
  'endset',
  'macro m(a, b=1)',
  'endmacro',
  'call m()',
  'endcall',
  'messages[0].content',
  "'text'",
  "|attr('__class__')",
  '|join',
  '|map("upper")',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ', ',
  ' + ',
  ' ~ ',
  ' * 9',
  ' in ',
  ' is ',
  'not ',
  '-',
  '.',
  '\\',
  '\n',
  'm(1)',
  'namespace(a=1)',
  'x',
]

function facts(source: string) {
  const recording = createRecording()
  analyseTemplate(source, recording, { name: 'chat_template', offset: 100 })
  return recording.facts
}

test('any text is analysed without an error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (source) => {
      facts(source)
    }),
  )
})

test('any order of the pieces of a template is analysed without an error', () => {
  const source = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((all) => all.join(''))
  fc.assert(
    fc.property(source, (text) => {
      facts(text)
    }),
    { numRuns: 3000 },
  )
})

test('a template that is cut anywhere, or has a piece put in, is analysed without an error', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...sources),
      fc.nat(8000),
      fc.nat(8000),
      fc.constantFrom(...pieces),
      (source, from, to, piece) => {
        facts(source.slice(0, from) + piece + source.slice(to))
      },
    ),
    { numRuns: 500 },
  )
})

test('every fact lies inside the template', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (all) => {
      const source = all.join('')
      for (const { location } of facts(source)) {
        expect(location.offset).toBeGreaterThanOrEqual(100)
        expect(location.offset).toBeLessThanOrEqual(100 + Buffer.byteLength(source))
        expect(location.line).toBeLessThanOrEqual(source.split('\n').length)
      }
    }),
    { numRuns: 500 },
  )
})
