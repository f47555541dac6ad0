import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { loadRules } from '../../../../electron/core/scan/rules'
import { lookUp } from '../../../../shared/scan-report/pattern'

const root = resolve(import.meta.dirname, '../../../..')
const rules = loadRules(join(root, 'resources/rules'))
const source = ['graph', 'executable']
  .map((folder) => join(root, 'electron/core/scan/child', folder))
  .flatMap((folder) => readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')))
  .join('\n')

/** Names of facts are literals in the parsers, so that this test can find them. */
const literals = [
  ...source.matchAll(
    /(?:anomaly\(|add\(|name: |scanEmbedded\([^)]*)\s*'((?:onnx|tensorflow|tfjs|tflite|keras|ubjson|protobuf|ole2|webassembly)\.[a-z.-]+)'/g,
  ),
].map((match) => match[1] ?? '')
const problems = [
  ...(/type PathProblem =([\s\S]*?)\n\n/.exec(source)?.[1] ?? '').matchAll(/'([a-z-]+)'/g),
].map((match) => match[1] ?? '')
const paths = ['onnx.external-path', 'tensorflow.asset-path', 'tfjs.shard-path'].flatMap((prefix) =>
  problems.map((problem) => `${prefix}.${problem}`),
)
const reaches = [
  ...(/type Reach =([\s\S]*?)\n\n/.exec(source)?.[1] ?? '').matchAll(/'([a-z-]+)'/g),
].map((match) => `tensorflow.${match[1] ?? ''}.Operator`)

test('the names of facts are found in the parsers', () => {
  expect(new Set(literals).size).toBeGreaterThan(40)
  expect(problems).toHaveLength(10)
  expect(reaches).toHaveLength(7)
})

test.each([...new Set([...literals, ...paths, ...reaches])].sort())('a rule judges %s', (name) => {
  expect(lookUp(rules.named, name)).not.toEqual([])
})
