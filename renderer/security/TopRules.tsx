import { formatNumber } from '@renderer/app/intl'
import { SectionCard } from '@renderer/ui/Card'
import { SeverityBadge } from '@renderer/ui/SeverityBadge'
import type { SecurityOverview } from '@shared/contract/scan'
import { Link } from '@tanstack/react-router'
import { text } from './messages'

const HEAD = 'px-3 py-1.5 font-medium'
const CELL = 'px-3 py-1.5'

export function TopRules({ rules }: { rules: SecurityOverview['topRules'] }) {
  return (
    <SectionCard title={text.top.title}>
      {rules.length === 0 ? (
        <p className="p-3 text-muted">{text.top.none}</p>
      ) : (
        <table className="w-full">
          <thead className="text-left text-muted text-small">
            <tr className="border-line border-b">
              <th className={HEAD}>{text.top.rule}</th>
              <th className={`${HEAD} w-28`}>{text.top.severity}</th>
              <th className={`${HEAD} w-20 text-end`}>{text.top.findings}</th>
              <th className={`${HEAD} w-20 text-end`}>{text.top.reports}</th>
            </tr>
          </thead>
          <tbody>
            {rules.map((rule) => (
              <tr key={rule.ruleId} className="border-line border-b last:border-0">
                <td className={CELL}>
                  <RuleLink ruleId={rule.ruleId} title={rule.title} />
                </td>
                <td className={CELL}>
                  <SeverityBadge severity={rule.severity} />
                </td>
                <td className={`${CELL} text-end`}>{formatNumber(rule.findings)}</td>
                <td className={`${CELL} text-end text-muted`}>{formatNumber(rule.reports)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </SectionCard>
  )
}

export function RuleLink({ ruleId, title }: { ruleId: string; title: string }) {
  return (
    <Link
      to="/rules/$ruleId"
      params={{ ruleId }}
      title={ruleId}
      translate="no"
      className="font-medium underline-offset-2 hover:underline"
    >
      {title}
    </Link>
  )
}
