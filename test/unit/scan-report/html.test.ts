import { createHash } from 'node:crypto'
import { toHtml } from '@shared/scan-report/html'
import { describe, expect, test } from 'vitest'
import { finding } from '../../fixtures/facts'
import { codeFinding, file, HOSTILE, report } from '../../fixtures/reports'

const base64 = (text: string) => createHash('sha256').update(text).digest('base64')

describe('the one-file report', () => {
  const page = toHtml(
    report([file('a.js', [codeFinding()]), file('b.pkl', [finding('low')])]),
    base64,
  )
  test('states in its own policy that nothing but its style is allowed', () => {
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? ''
    expect(page).toContain(`default-src 'none'; style-src 'sha256-${base64(style)}'`)
  })
  test('needs no network, no script and no inline style', () => {
    expect(page).not.toMatch(
      /<script|<link|<img|<iframe|style=|url\(|src=|href="(?!#)|@import| on\w+=/i,
    )
  })
  test('shows the lines, the one that matters, and the way to it', () => {
    expect(page).toContain('<span class="at"><i>3</i>await fetch(url, { body: token })</span>')
    expect(page).toContain('reads process.env')
    expect(page).toContain('lib/b.js')
  })
  test('draws charts that say their numbers', () => {
    expect(page.match(/<svg/g)).toHaveLength(2)
    expect(page).toContain('aria-label="Findings by severity: critical 0, high 1,')
  })
  test('names the policy, and what it set aside with its reason', () => {
    const ignored = [{ finding: finding('high'), reason: 'Known since May', expires: '2027-01-01' }]
    const text = toHtml(report([file('a', [], { ignored })]), base64)
    expect(text).toContain('policy Balanced (balanced, 0123456789abcdef)')
    expect(text).toContain('<td>Known since May</td><td>2027-01-01</td>')
  })
  test('escapes everything that comes from a stranger', () => {
    const hostile = codeFinding({
      ruleId: HOSTILE,
      title: HOSTILE,
      message: HOSTILE,
      why: HOSTILE,
      fix: HOSTILE,
      evidence: HOSTILE,
      location: { member: HOSTILE, line: 1 },
      cwe: [HOSTILE],
      frame: { firstLine: 1, lines: [HOSTILE] },
      path: [{ role: 'sink', label: HOSTILE, text: HOSTILE, line: 1, column: 1, file: HOSTILE }],
    })
    const text = toHtml(
      report(
        [
          file(HOSTILE, [hostile], {
            format: HOSTILE,
            sha256: HOSTILE,
            status: 'error',
            reason: HOSTILE,
            ignored: [{ finding: hostile, reason: HOSTILE, expires: null }],
          }),
        ],
        {
          roots: [HOSTILE],
          notes: [HOSTILE],
          rulesVersion: HOSTILE,
          policy: { name: HOSTILE, profile: 'strict', digest: HOSTILE },
        },
      ),
      base64,
    )
    expect(text).not.toContain('<script')
    for (const control of ['\u001b', '\u202e']) expect(text).not.toContain(control)
    expect(text.match(/<main>/g)).toHaveLength(1)
    // Every quote that is not escaped belongs to an attribute of ours.
    expect(text.replace(/<[a-z][^<>]*>/g, '')).not.toMatch(/["']team/)
  })
})
