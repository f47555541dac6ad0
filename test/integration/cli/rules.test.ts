import { describe, expect, test } from 'vitest'
import { runCli } from '../../fixtures/run-cli'

const rules = (...args: string[]) => runCli(['rules', ...args])

describe('rules list', () => {
  test.each([
    ['a pack', ['--pack', 'templates'], /^template\./],
    ['a severity', ['--severity', 'critical'], / {2}critical {2}/],
    ['words', ['--search', 'CVE-2025-1945'], /^zip\./],
  ])('is narrowed by %s', (_, flags, every) => {
    const lines = rules('list', ...flags)
      .stdout.trimEnd()
      .split('\n')
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) expect(line).toMatch(every)
  })
  test('that nothing fits is wrong usage', () => {
    expect(rules('list', '--search', 'no such words').code).toBe(64)
  })
})

describe('rules explain', () => {
  test('has every field, both examples, and how to set the rule aside', () => {
    const { code, stdout } = rules('explain', 'pickle.command-execution')
    expect(code).toBe(0)
    for (const part of [
      'confidence 99 %',
      'CWE-502',
      'Why:',
      'What to do:',
      'Matches',
      'Fires (',
      'Does not fire (',
      '"rule": "pickle.command-execution"',
      'References:',
    ])
      expect(stdout).toContain(part)
    expect(rules('pickle.command-execution').stdout).toBe(stdout)
  })
  test('prints JSON and Markdown', () => {
    const {
      rules: [rule],
      examples,
    } = JSON.parse(rules('explain', 'zip.encrypted', '--format', 'json').stdout)
    expect(rule.id).toBe('zip.encrypted')
    expect(examples.fires.base64).toMatch(/^UEsD/)
    expect(rules('explain', 'zip.encrypted', '--format', 'markdown').stdout).toMatch(
      /^# zip\.encrypted\n/,
    )
  })
  test('shows no character that a terminal obeys', () => {
    const { stdout } = rules('explain', 'template.hidden-text')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]/)
  })
  test.each([[['explain']], [['explain', 'no.rule']]])('%j is wrong usage', (args) => {
    expect(rules(...args).code).toBe(64)
  })
})
