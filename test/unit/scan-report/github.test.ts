import { toGithub } from '@shared/scan-report/github'
import { describe, expect, test } from 'vitest'
import { finding } from '../../fixtures/facts'
import { codeFinding, file, HOSTILE, report } from '../../fixtures/reports'

describe('GitHub annotations', () => {
  test('stand at the file and line, seen from where the scan was started', () => {
    expect(toGithub(report([file('a.js', [codeFinding()]), file('b.js')]))).toMatch(
      /^::error file=models\/a\.js,line=3,col=7,title=A title \(high%2C code\.environment-to-network\)::/,
    )
  })
  test('a root that is a file is named once', () => {
    expect(
      toGithub(report([file('a.pkl', [finding('high')])], { roots: ['./models/a.pkl'] })),
    ).toContain('file=models/a.pkl,')
  })
  test('a line inside of a member is none of the file', () => {
    const inside = codeFinding({ location: { member: 'x.py', line: 3 } })
    expect(toGithub(report([file('a.zip', [inside])]))).not.toContain('line=')
  })
  test('severities are errors, warnings and notices', () => {
    const some = (['critical', 'medium', 'info'] as const).map((severity) => finding(severity))
    expect(toGithub(report([file('a', some)])).match(/^::\w+/gm)).toEqual([
      '::error',
      '::warning',
      '::notice',
    ])
  })
  test('a file that was not read is one too', () => {
    expect(toGithub(report([file('a', [], { status: 'inconclusive' })]))).toContain(
      'Not read to the end',
    )
  })
  test('a hostile name starts no command of its own', () => {
    const text = toGithub(
      report([file(HOSTILE, [finding('high', { evidence: HOSTILE, message: HOSTILE })])]),
    )
    expect(text.trimEnd().split('\n')).toHaveLength(1)
    expect(text).not.toContain('\r')
    expect(text.slice(0, text.indexOf('::', 2))).not.toMatch(/=[^,]*:/)
  })
})
