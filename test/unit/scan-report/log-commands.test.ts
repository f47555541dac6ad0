import { againstBaseline } from '@shared/scan-report/baseline'
import { compileRules } from '@shared/scan-report/match'
import { describe, expect, test } from 'vitest'
import { printText } from '../../../electron/cli/output/text'
import { exportReport } from '../../../electron/core/scan/export'
import { finding } from '../../fixtures/facts'
import { file, report } from '../../fixtures/reports'

/** Commands that runners look for in whatever a step prints: GitHub's (also its first form), Azure's. */
const COMMANDS = [
  '::set-output name=verdict::clean',
  ' ::stop-commands::x',
  '##[set-output name=verdict]clean',
  '##vso[task.setvariable variable=PATH]x',
  '\u001b]0;title\u0007\u009b31m\u202etext',
]
const hostile = (command: string) =>
  report(
    [
      file(command, [
        finding('high', { evidence: command, message: command, ruleId: 'a.b', title: command }),
        finding('low', { evidence: `first\n${command}` }),
      ]),
      file('b.bin', [], { status: 'inconclusive', reason: command }),
    ],
    { notes: [`${command} is a symbolic link and was not followed.`], roots: [command] },
  )
const plain = (_: unknown, text: string) => text
const rules = compileRules('v', [])

/** As a terminal or a runner sees it, line by line. */
function obeyed(printed: string, own?: string): string[] {
  return printed
    .split(/\r?\n/)
    .filter(
      (line) =>
        (/^\s*::/.test(line) && !(own !== undefined && line.startsWith(own))) ||
        /##\w*\[/.test(line) ||
        /(?![\t])[\p{Cc}\u202e]/u.test(line),
    )
}

describe.each(COMMANDS)('%j out of a delivery is no command', (command) => {
  test('in text', () => {
    expect(obeyed(printText(hostile(command), plain))).toEqual([])
  })
  test('in what a baseline names as fixed', () => {
    const fixed = { path: 'a', sha256: null, fingerprint: '', severity: 'low', title: '' } as const
    const against = againstBaseline(report([]), {
      baselineVersion: 1,
      rulesVersion: '',
      findings: [{ ...fixed, ruleId: command }],
      unknown: [],
    })
    expect(obeyed(printText(report([]), plain, against))).toEqual([])
  })
  test.each(['json', 'sarif', 'csv', 'junit', 'markdown', 'html'] as const)('in %s', (format) => {
    expect(obeyed(exportReport(hostile(command), format, rules, '1').text)).toEqual([])
  })
  test('in GitHub annotations, but for our own', () => {
    const { text } = exportReport(hostile(command), 'github', rules, '1')
    expect(
      text
        .split('\n')
        .filter((line) => line !== '' && !/^::(error|warning|notice) file=/.test(line)),
    ).toEqual([])
    expect(text).not.toMatch(/(?!\n)\p{Cc}|\u202e/u)
  })
})

test('JSON says the same in other letters', () => {
  const { text } = exportReport(hostile('##[group]a'), 'json', rules, '1')
  expect(JSON.parse(text)).toEqual(hostile('##[group]a'))
})
