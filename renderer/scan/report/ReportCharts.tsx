import { BarFrame } from '@renderer/charts/BarFrame'
import { StackedFrame } from '@renderer/charts/StackedFrame'
import { severityName } from '@renderer/ui/SeverityBadge'
import type { ScanReport } from '@shared/scan-report/report'
import { SEVERITIES } from '@shared/scan-report/scales'
import { useMemo } from 'react'
import { categoryName } from '../../rules/categories'
import { text } from './charts-messages'
import {
  countByCategory,
  countByFormat,
  countByOutcome,
  OUTCOMES,
  type Outcome,
  topRules,
} from './findings'
import { text as reportText } from './messages'

const OUTCOME_COLOR: Record<Outcome, string> = {
  malicious: 'var(--critical-fill)',
  suspicious: 'var(--high-fill)',
  unknown: 'var(--info-fill)',
  inconclusive: 'var(--medium-fill)',
  error: 'var(--medium-fill)',
  clean: 'var(--ok)',
}
const SHOWN = 10
/** Two charts side by side are as high as the longer needs: bars of 21 px, four at least. */
const heightFor = (...charts: readonly (readonly unknown[])[]) =>
  21 * Math.max(4, ...charts.map(({ length }) => length)) + 4

const series = SEVERITIES.map((severity) => ({
  label: severityName(severity),
  color: `var(--${severity}-fill)`,
}))

/** What the report is made of, as four drawings that are tables too. */
export function ReportCharts({ report }: { report: ScanReport }) {
  const charts = useMemo(() => {
    const outcomes = countByOutcome(report.files)
    const { rules, all } = topRules(report.files, SHOWN)
    return {
      category: countByCategory(report.files).map(({ category, values }) => ({
        label: categoryName(category),
        values,
      })),
      rules: rules.map(({ ruleId, severity, findings }) => ({
        label: ruleId,
        value: findings,
        color: `var(--${severity}-fill)`,
      })),
      ruleCaption: all > SHOWN ? { caption: text.charts.top(SHOWN, all) } : {},
      outcome: OUTCOMES.filter((outcome) => outcomes[outcome] > 0).map((outcome) => ({
        label: reportText.outcome[outcome],
        value: outcomes[outcome],
        color: OUTCOME_COLOR[outcome],
      })),
      format: countByFormat(report.files, SHOWN, text.charts.other).map((entry) => ({
        label: entry.format,
        value: entry.files,
        color: 'var(--chart-1)',
      })),
    }
  }, [report])
  const { count } = text.charts
  const above = heightFor(charts.category, charts.rules)
  const below = heightFor(charts.outcome, charts.format)
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(440px,100%),1fr))] gap-3">
        <StackedFrame
          title={text.charts.category}
          unit={count}
          dimension={text.charts.categoryDimension}
          bars={charts.category}
          series={series}
          height={above}
        />
        <BarFrame
          title={text.charts.rule}
          unit={count}
          dimension={text.charts.ruleDimension}
          bars={charts.rules}
          {...charts.ruleCaption}
          height={above}
          labelWidth={220}
        />
        <BarFrame
          title={text.charts.outcome}
          unit={count}
          dimension={text.charts.outcomeDimension}
          bars={charts.outcome}
          height={below}
        />
        <BarFrame
          title={text.charts.format}
          unit={count}
          dimension={text.charts.formatDimension}
          bars={charts.format}
          height={below}
        />
      </div>
    </div>
  )
}
