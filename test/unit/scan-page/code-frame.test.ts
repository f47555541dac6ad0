import { frameLines, inFrame } from '@renderer/scan/report/code-frame'
import { visible } from '@renderer/scan/report/evidence'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const frame = {
  firstLine: 8,
  lines: ["const run = globalThis['ev' + 'al']", 'run(atob(blob))', '}'],
}

describe('the lines of a code frame', () => {
  it('are numbered as in the file', () => {
    expect(frameLines(frame, {}).map(({ number }) => number)).toEqual([8, 9, 10])
  })

  it('set off the name at the column of the finding, with its members', () => {
    const [line] = frameLines(frame, { line: 8, column: 13 })
    expect(line).toMatchObject({
      before: 'const run = ',
      marked: 'globalThis',
      after: "['ev' + 'al']",
    })
  })

  it('set off a single sign where no name begins', () => {
    const [, line] = frameLines(frame, { line: 9, column: 4 })
    expect(line).toMatchObject({ before: 'run', marked: '(', after: 'atob(blob))' })
  })

  it('mark nothing where the line was cut before the column', () => {
    const [, line] = frameLines(frame, { line: 9, column: 900 })
    expect(line).toMatchObject({ before: 'run(atob(blob))', marked: '' })
  })

  it('show what would be hidden, and still mark the right place', () => {
    const [line] = frameLines({ firstLine: 1, lines: ['\u202e; eval(x)'] }, { line: 1, column: 4 })
    expect(line).toMatchObject({ before: '\\u202e; ', marked: 'eval', after: '(x)' })
  })

  it('lose nothing of the text, whatever it is', () => {
    const anyLine = fc.string({ unit: 'binary', maxLength: 240 })
    fc.assert(
      fc.property(anyLine, fc.integer({ min: 1, max: 300 }), (text, column) => {
        const [line] = frameLines({ firstLine: 1, lines: [text] }, { line: 1, column })
        expect(`${line?.before}${line?.marked}${line?.after}`).toBe(visible(text))
      }),
    )
  })
})

it('a step of the path points into the frame only where the frame has its line', () => {
  expect([7, 8, 10, 11].map((line) => inFrame(frame, line))).toEqual([false, true, true, false])
  expect(inFrame(undefined, 8)).toBe(false)
})
