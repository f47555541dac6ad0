import { fingerprintOf } from '@shared/model/keys'
import type { Statement } from '@shared/model/statement'
import type { RecomputedMeasurement } from '@shared/model/verification'
import type { Verified } from '@shared/model/verify'
import { printable } from '@shared/scan-report/printable'
import { el, facts, table } from './dom'
import { text } from './messages'
import { used } from './signature'

/** All that is said of a passport. Names in it come from strangers: control characters are shown. */
export function resultOf({ verification, statement }: Verified): DocumentFragment {
  const { outcome, sentence, level, levelSentence, checks } = verification
  const result = document.createDocumentFragment()
  result.append(
    el(
      'p',
      { class: `outcome o-${outcome}` },
      el('strong', {}, text.outcome[outcome]),
      ` ${printable(sentence)}`,
    ),
  )
  if (level !== null && levelSentence !== null)
    result.append(
      el(
        'p',
        { class: 'level' },
        el('strong', {}, text.level[level]),
        ` ${printable(levelSentence)}`,
      ),
    )
  if (level !== null)
    result.append(...verification.measurements.map((one) => recomputed(one, text.level[level])))
  result.append(
    table(
      text.checks,
      [text.check, text.sentence],
      checks.map((check) => [
        el('span', { class: `r-${check.result}` }, text.result[check.result]),
        printable(check.sentence),
      ]),
    ),
  )
  if (used.engine !== null) result.append(el('p', { class: 'dim' }, text.engine(used.engine)))
  if (statement !== undefined) result.append(...statementOf(statement, outcome === 'invalid'))
  return result
}

/** Each figure with its interval, what it was recomputed from, and how far it can be believed. */
function recomputed({ headline, figures }: RecomputedMeasurement, level: string): HTMLElement {
  return table(
    `${text.recomputed}: ${printable(headline)}`,
    [text.figure, text.value, text.basis, text.evidence],
    figures.map(({ name, value, basis }) => [
      printable(name),
      printable(value),
      printable(basis),
      level,
    ]),
  )
}

function statementOf({ predicate }: Statement, untrue: boolean): Node[] {
  const { model, issuer, issuedAt, scan, measurements } = predicate
  return [
    el('h2', {}, text.says),
    ...(untrue ? [el('p', { class: 'r-failed' }, text.untrue)] : []),
    facts([
      [text.model, printable(model.name)],
      [text.licence, printable(model.licence ?? text.noLicence)],
      [text.issued, issuedAt],
      [text.keyId, el('code', {}, fingerprintOf(issuer.keyId))],
      ...(scan === null ? [] : scanFacts(scan)),
    ]),
    ...(scan === null ? [] : [files(scan), findings(scan)]),
    ...measurements.map(({ schema, document }, index) =>
      el(
        'details',
        {},
        el('summary', {}, `${text.measurements} ${index + 1}: ${printable(schema)}`),
        el('p', { class: 'dim' }, text.document),
        el('pre', {}, printableLines(JSON.stringify(document, null, 1))),
      ),
    ),
  ]
}

type Scan = NonNullable<Statement['predicate']['scan']>

function scanFacts({
  summary,
  scannerVersion,
  rulesVersion,
  policy,
  notes,
}: Scan): [string, string][] {
  return [
    [text.scan, text.scanOf(summary.verdict, summary.grade, summary.score)],
    [text.scanner, printable(scannerVersion ?? text.unknownScanner)],
    [text.rules, printable(rulesVersion)],
    [
      text.policy,
      policy === null
        ? text.noPolicy
        : printable(`${policy.name} (${policy.profile}, ${policy.digest})`),
    ],
    ...notes.map((note): [string, string] => [text.notes, printable(note)]),
  ]
}

function files({ files }: Scan): HTMLElement {
  return table(
    text.fileList,
    [text.file, text.verdict, text.sha256],
    files.map(({ name, verdict, sha256 }) => [
      printable(name),
      el('span', { class: `v-${verdict}` }, verdict),
      el('code', {}, sha256),
    ]),
  )
}

function findings({ files }: Scan): HTMLElement {
  const rows = files.flatMap(({ name, findings, setAside }) => [
    ...findings.map(({ severity, title, ruleId }) => [
      severity,
      `${printable(title)} (${printable(ruleId)})`,
      printable(name),
    ]),
    ...setAside.map(({ finding, reason }) => [
      text.setAside(printable(reason)),
      `${printable(finding.title)} (${printable(finding.ruleId)})`,
      printable(name),
    ]),
  ])
  if (rows.length === 0) return el('p', {}, text.noFindings)
  return table(text.findings, [text.severity, text.finding, text.file], rows)
}

const printableLines = (lines: string) => lines.split('\n').map(printable).join('\n')
