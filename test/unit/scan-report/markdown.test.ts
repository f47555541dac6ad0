import { toMarkdown } from '@shared/scan-report/markdown'
import { describe, expect, test } from 'vitest'
import { finding } from '../../fixtures/facts'
import { codeFinding, file, HOSTILE, report } from '../../fixtures/reports'

/** The text without its code spans (CommonMark 6.1: closed by a run of as many backticks). */
const withoutCode = (markdown: string) =>
  markdown.replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '')

describe('Markdown', () => {
  test('has the grade, the counts, the policy and findings by severity', () => {
    const text = toMarkdown(
      report([file('a.pkl', [finding('low'), finding('critical')]), file('b.js', [codeFinding()])]),
    )
    expect(text).toContain('Grade **F**')
    expect(text).toContain('| critical | 1 |')
    expect(text).toContain('policy `Balanced`')
    expect(text.match(/^## .*/gm)).toEqual(['## critical', '## high', '## low'])
  })
  test('shows the way from source to sink', () => {
    expect(toMarkdown(report([file('b.js', [codeFinding()])]))).toContain(
      '1. source, line 2: `reads process.env` `process.env.TOKEN`',
    )
  })
  test('counts what the policy sets aside', () => {
    const ignored = [{ finding: finding('high'), reason: 'Known', expires: null }]
    expect(toMarkdown(report([file('a', [], { ignored })]))).toContain('1 ignored by it')
  })
  test('shows a hostile name in code spans only', () => {
    const hostile = finding('high', {
      evidence: HOSTILE,
      message: HOSTILE,
      title: HOSTILE,
      why: HOSTILE,
    })
    const text = toMarkdown(
      report([file(HOSTILE, [hostile], { status: 'error', reason: HOSTILE })], {
        roots: [HOSTILE],
        notes: [HOSTILE],
      }),
    )
    const outside = withoutCode(text)
    // The title and the reason of a rule are text: escaped, and no mention.
    expect(outside).not.toMatch(/(?<!\\)<|@team|#1|(?<!\\)\]\(|(?<!\\):\/\//)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  })
  test('a name of backticks cannot leave its code span', () => {
    expect(toMarkdown(report([file('a``` <b>', [finding('high')])]))).toContain('````a``` <b>````')
  })
})
