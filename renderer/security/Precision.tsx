import { formatNumber, formatPercent } from '@renderer/app/intl'
import { SectionCard } from '@renderer/ui/Card'
import type { SecurityOverview } from '@shared/contract/scan'
import { text } from './messages'
import { RuleLink } from './TopRules'

/** Below this many decisions a share is an anecdote, and the page says so. */
const FEW = 10
const HEAD = 'px-3 py-1.5 font-medium'
const CELL = 'px-3 py-1.5'

export function Precision({ rules }: { rules: SecurityOverview['precision'] }) {
  return (
    <SectionCard title={text.precision.title}>
      <p className="border-line border-b px-3 py-2 text-muted">{text.precision.about}</p>
      {rules.length === 0 ? (
        <p className="p-3 text-muted">{text.precision.none}</p>
      ) : (
        <table className="w-full">
          <thead className="text-left text-muted text-small">
            <tr className="border-line border-b">
              <th className={HEAD}>{text.precision.rule}</th>
              <th className={`${HEAD} w-20 text-end`}>{text.precision.judged}</th>
              <th className={`${HEAD} w-32 text-end`}>{text.precision.falsePositives}</th>
              <th className={`${HEAD} w-24 text-end`}>{text.precision.precision}</th>
            </tr>
          </thead>
          <tbody>
            {rules.map((rule) => (
              <tr key={rule.ruleId} className="border-line border-b last:border-0">
                <td className={CELL}>
                  <RuleLink ruleId={rule.ruleId} title={rule.title} />
                </td>
                <td className={`${CELL} text-end`}>{formatNumber(rule.judged)}</td>
                <td className={`${CELL} text-end`}>{formatNumber(rule.falsePositives)}</td>
                <td
                  className={`${CELL} text-end ${rule.judged < FEW ? 'text-faint' : ''}`}
                  title={rule.judged < FEW ? text.precision.few(rule.judged) : undefined}
                >
                  {formatPercent(rule.precision)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </SectionCard>
  )
}
