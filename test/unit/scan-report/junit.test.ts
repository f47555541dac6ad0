import { toJunit } from '@shared/scan-report/junit'
import { describe, expect, test } from 'vitest'
import { finding } from '../../fixtures/facts'
import { file, HOSTILE, report } from '../../fixtures/reports'

const mixed = () =>
  report([
    file('bad.pkl', [finding('critical'), finding('low')]),
    file('cut.pkl', [], { status: 'error' }),
    file('fine.txt'),
  ])

describe('JUnit', () => {
  test('has a suite a root, a case a file, a failure a finding above the line, an error an unread file', () => {
    const xml = toJunit(mixed())
    expect(xml.match(/<testsuite /g)).toHaveLength(1)
    expect(xml.match(/<testcase /g)).toHaveLength(3)
    expect(xml.match(/<failure /g)).toHaveLength(1)
    expect(xml.match(/<error /g)).toHaveLength(1)
    expect(xml).toContain('tests="3" failures="1" errors="1"')
  })
  test('counts cases that failed, by the line of the run, and never more than there are', () => {
    const found = report([
      file('bad.pkl', [finding('critical'), finding('low')]),
      file('low.pkl', [finding('low')]),
    ])
    expect(toJunit(found)).toContain('tests="2" failures="1"')
    expect(toJunit(found, 'low')).toContain('tests="2" failures="2"')
    expect(toJunit(found, 'low').match(/<failure /g)).toHaveLength(3)
  })
  test('names the policy and the rules', () => {
    expect(toJunit(mixed())).toContain('name="policy" value="Balanced 0123456789abcdef"')
  })
  test('is well-formed whatever a file is called', () => {
    const named = report([file(HOSTILE, [finding('high', { evidence: `${HOSTILE}\ufffe` })])], {
      roots: [HOSTILE],
    })
    const xml = toJunit(named)
    // Outside of tags and attribute values there is no markup that is not ours.
    expect(xml.match(/<[^/?!][^\s>]*/g)?.map((tag) => tag.slice(1))).toEqual([
      'testsuites',
      'testsuite',
      'properties',
      'property',
      'property',
      'property',
      'testcase',
      'failure',
    ])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write them
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udfff]/u)
    expect(xml).not.toMatch(/&(?!amp;|lt;|gt;|quot;|apos;)/)
  })
})
