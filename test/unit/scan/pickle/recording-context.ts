import type { Fact } from '@shared/scan-report/fact'
import { memorySource } from '../../../../electron/core/scan/child/byte-source'
import type { Outcome, ParseContext } from '../../../../electron/core/scan/child/context'
import { parsePickle, sniffPickle } from '../../../../electron/core/scan/child/pickle'
import type { ScanLimits } from '../../../../electron/core/scan/protocol'
import { LIMITS as WIDE } from '../../../fixtures/limits'

/** Room for the long memos that these tests write. */
export const LIMITS: ScanLimits = { ...WIDE, memoEntries: 20_000_000 }

export interface Scan {
  outcome: Outcome
  format: string
  facts: Fact[]
  /** Names of the facts of one kind, in the order they were found. */
  names(kind: Fact['kind']): string[]
  fact(kind: Fact['kind'], name: string): Fact | undefined
}

/** A context that keeps every fact; members are scanned as pickles when they look like some. */
export function recordingContext(
  facts: Fact[],
  limits: ScanLimits = LIMITS,
  member?: string,
): ParseContext {
  const add = (fact: Fact): void => {
    facts.push(member === undefined ? fact : { ...fact, location: { ...fact.location, member } })
  }
  return {
    limits,
    member,
    name: member?.split('!').at(-1) ?? 'model.pkl',
    depth: member === undefined ? 0 : member.split('!').length,
    add,
    anomaly(name, offset, evidence) {
      const shown = evidence === undefined ? {} : { evidence }
      add({ kind: 'structure', name, location: { offset }, ...shown })
    },
    checkpoint() {},
    scanMember(source, name) {
      const path = member === undefined ? name : `${member}!${name}`
      add({ kind: 'member', name: path, location: {}, detail: { bytes: source.size } })
      if (sniffPickle(source) < 0.5)
        return { format: 'unknown', outcome: { status: 'complete', reason: null } }
      return {
        format: 'pickle',
        outcome: parsePickle(source, recordingContext(facts, limits, path)),
      }
    },
  }
}

export function scan(bytes: Uint8Array, limits: Partial<ScanLimits> = {}): Scan {
  const facts: Fact[] = []
  const context = recordingContext(facts, { ...LIMITS, ...limits })
  const { format, ...outcome } = parsePickle(memorySource(bytes), context)
  return {
    outcome,
    format: format ?? '',
    facts,
    names: (kind) => facts.filter((fact) => fact.kind === kind).map((fact) => fact.name),
    fact: (kind, name) => facts.find((fact) => fact.kind === kind && fact.name === name),
  }
}
