import type { EvidenceStep } from '@shared/scan-report/fact'
import type { Sink } from '../vocabulary'
import type { Machine } from './machine'
import { layersOf, type Taint } from './value'

/** Records that a value of an origin reached a place where it acts, and the way it took. */
export function reportFlow(
  m: Machine,
  one: Taint,
  sink: Sink,
  at: { start: number; end: number },
  label: string,
): void {
  if (one.source === 'lost') {
    if (sink === 'eval' || sink === 'process' || sink === 'module') m.limit('limit.source-steps')
    return
  }
  if (one.source === 'names') return
  const path: { role: EvidenceStep['role']; label: string; start: number; end: number }[] = []
  for (let step: Taint | undefined = one; step !== undefined; step = step.previous)
    path.unshift({ role: 'step', label: step.label, start: step.start, end: step.end })
  const [source] = path
  if (source !== undefined) source.role = 'source'
  path.push({ role: 'sink', label, start: at.start, end: at.end })
  m.see(`flow.${one.source}.${sink}`, at, { path })
  if (one.source === 'decoded' && layersOf(one) >= 2 && (sink === 'eval' || sink === 'process'))
    m.see('obfuscation.nested-encoding', at)
}
