import type { QuietCheck } from './environment'
import type { Advice, ModelFit } from './preflight'
import type { GRADES } from './scales'

/** Launches below which no test of ranks reaches p < .05 after Holm over a few measures. */
const FEW_LAUNCHES = 8
const ORDER: readonly Advice['weight'][] = ['blocks', 'grade', 'hint']
const OF_CHECK: Readonly<Record<QuietCheck['check'], Advice['id']>> = {
  canary: 'noisy',
  pressure: 'noisy',
  steal: 'noisy',
  governor: 'governor',
  power: 'power',
  thermal: 'thermal',
}

export interface PreflightFacts {
  models: readonly ModelFit[]
  quiet: readonly QuietCheck[]
  launches: number
  queued: number
  /** Another program measures on this machine now. */
  busy: boolean
  /** Whether the suite has reference models, and they are measured along. */
  references: { offered: number; wanted: boolean }
  /** Null where it can be cut off. */
  networkReason: string | null
  /** Paths whose scan was not complete and clean, with its verdict. */
  unclean: readonly { name: string; verdict: string }[]
}

/** Why a model is not measured: before a run, and by the run itself. */
export function doesNotFit(name: string, reasons: readonly string[]): string {
  return `${name}: ${reasons.join(' ') || 'It does not run here.'}`
}

/** What would make the result better, worst obstacle first. */
export function advise(facts: PreflightFacts): Advice[] {
  const advice: Advice[] = []
  const add = (id: Advice['id'], weight: Advice['weight'], sentence: string) =>
    void advice.push({ id, weight, sentence })
  for (const { name, runs, engine, format, reasons } of facts.models) {
    const sentence = doesNotFit(name, reasons)
    if (!runs && engine === null && format !== null) add('engine-missing', 'blocks', sentence)
    else if (!runs) add('does-not-fit', 'blocks', sentence)
  }
  for (const { name, verdict } of facts.unclean)
    add(
      'scan-not-clean',
      'blocks',
      `The scan of ${name} says ${verdict}; it runs only with a reason that is recorded, and its numbers rank nobody.`,
    )
  for (const { check, state, sentence } of facts.quiet)
    if (state === 'bad') add(OF_CHECK[check], 'grade', sentence)
  const unknown = facts.quiet.filter(({ state }) => state === 'unknown')
  if (unknown.length > 0)
    add(
      'grade-unknown',
      'grade',
      `This machine does not show ${unknown.map(({ check }) => NAMES[check]).join(', ')}; the best grade here is B.`,
    )
  if (facts.busy)
    add('machine-busy', 'hint', 'Another program measures on this machine; the run waits for it.')
  if (facts.queued > 0)
    add(
      'queue',
      'hint',
      `${facts.queued === 1 ? 'One run comes' : `${facts.queued} runs come`} first.`,
    )
  if (facts.launches < FEW_LAUNCHES)
    add(
      'few-launches',
      'hint',
      `${facts.launches} launches can hardly decide a comparison; choose at least ${FEW_LAUNCHES}.`,
    )
  if (facts.references.offered > 0 && !facts.references.wanted)
    add(
      'no-references',
      'hint',
      'Without reference models the result cannot be compared with other machines.',
    )
  if (facts.networkReason !== null)
    add(
      'network-not-isolated',
      'hint',
      `The network cannot be cut off here (${facts.networkReason}); the result will say so.`,
    )
  return advice.sort((a, b) => ORDER.indexOf(a.weight) - ORDER.indexOf(b.weight))
}

/** The best grade a run could get as the machine is now. */
export function likelyGrade(quiet: readonly QuietCheck[]): (typeof GRADES)[number] {
  if (quiet.some(({ state }) => state === 'bad')) return 'C'
  return quiet.some(({ state }) => state === 'unknown') ? 'B' : 'A'
}

const NAMES: Readonly<Record<QuietCheck['check'], string>> = {
  canary: 'its processor share',
  pressure: 'how long tasks wait',
  steal: 'stolen time',
  governor: 'its clock governor',
  power: 'its power source',
  thermal: 'throttling',
}
