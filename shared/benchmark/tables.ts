import type { BenchmarkComparison } from './comparison'
import type { Summary } from './figures'
import type { BenchmarkHistory } from './history'
import type { LeaderboardTable } from './leaderboard'
import { MEASURE } from './measures'
import type { ResultRow } from './result-row'
import { figureText, inUnit, MEASURE_NAMES, percentText } from './words'

/**
 * Results as tables of text, the one thing CSV and Markdown are made of. Numbers in CSV are bare, in
 * the unit the column says; in Markdown they are for people.
 */
export interface TextTable {
  title: string
  columns: readonly string[]
  rows: readonly (readonly string[])[]
  notes: readonly string[]
}

export type TableStyle = 'bare' | 'readable'

export function resultTables(row: ResultRow, summary: Summary, style: TableStyle): TextTable[] {
  const number = (value: number | null) => (value === null ? '' : String(value))
  return [
    {
      title: `${row.name} · ${row.suite.title} ${row.suite.version} · ${row.scenario}`,
      columns:
        style === 'bare'
          ? [
              'measure',
              'unit',
              'estimate',
              'lower',
              'upper',
              'launches',
              'spread',
              'evidence',
              'grade',
            ]
          : ['Measure', 'Median of launches [interval]', 'Spread', 'Launches'],
      rows: summary.figures.map((figure) =>
        style === 'bare'
          ? [
              figure.measure,
              figure.unit,
              number(figure.estimate),
              number(figure.lower),
              number(figure.upper),
              number(figure.values.length),
              number(figure.spread),
              row.evidence,
              row.grade,
            ]
          : [
              MEASURE_NAMES[figure.measure],
              figureText(figure),
              figure.spread === null ? '' : `${(figure.spread * 100).toFixed(1)} %`,
              number(figure.values.length),
            ],
      ),
      notes: [
        `${row.engine.name} ${row.engine.version}, ${row.engine.threads} ${row.engine.threads === 1 ? 'thread' : 'threads'}, ${row.hardwareClass}.`,
        `Grade ${row.grade}, ${row.evidence}.`,
        ...launchNotes(summary.launches.noisy, 'was noisy', 'were noisy'),
        ...launchNotes(summary.launches.failed, 'did not end well', 'did not end well'),
        ...(row.override === null ? [] : [`It ran without a clean scan: ${row.override}`]),
      ],
    },
    ...(summary.accuracy.length === 0
      ? []
      : [
          {
            title: 'Accuracy',
            columns:
              style === 'bare'
                ? ['metric', 'value', 'lower', 'upper', 'items']
                : ['Metric', 'Value [95 %]', 'Items'],
            rows: summary.accuracy.map(({ metric, value, lower, upper, items }) =>
              style === 'bare'
                ? [metric, number(value), number(lower), number(upper), number(items)]
                : [
                    metric,
                    lower === null || upper === null
                      ? value.toFixed(4)
                      : `${value.toFixed(4)} [${lower.toFixed(4)}, ${upper.toFixed(4)}]`,
                    number(items),
                  ],
            ),
            notes: [],
          },
        ]),
  ]
}

export function comparisonTables(comparison: BenchmarkComparison, style: TableStyle): TextTable[] {
  const name = (index: number) => comparison.results[index]?.name ?? ''
  return comparison.pairs.map(({ baseline, candidate, measures, accuracy, notes }) => ({
    title: `${name(candidate)} against ${name(baseline)}`,
    columns:
      style === 'bare'
        ? [
            'candidate',
            'baseline',
            'measure',
            'effect',
            'lower',
            'upper',
            'p',
            'adjusted_p',
            'launches',
            'verdict',
            'more_launches',
          ]
        : ['Measure', 'Effect [95 %]', 'p (Holm)', 'Verdict'],
    rows: [
      ...measures.map((one) =>
        style === 'bare'
          ? [
              name(candidate),
              name(baseline),
              one.measure,
              String(one.effect),
              String(one.lower),
              String(one.upper),
              String(one.p),
              String(one.adjustedP),
              String(one.launches),
              one.verdict,
              String(one.moreLaunches ?? ''),
            ]
          : [
              MEASURE_NAMES[one.measure],
              `${percentText(one.effect)} [${percentText(one.lower)}, ${percentText(one.upper)}]`,
              one.adjustedP.toFixed(3),
              one.moreLaunches === null
                ? one.verdict
                : `${one.verdict} (${one.moreLaunches} more launches would decide)`,
            ],
      ),
      ...accuracy.map((one) =>
        style === 'bare'
          ? [
              name(candidate),
              name(baseline),
              one.metric,
              String(one.difference),
              String(one.lower),
              String(one.upper),
              String(one.p ?? ''),
              String(one.adjustedP ?? ''),
              String(one.items),
              one.verdict,
              '',
            ]
          : [
              one.metric,
              `${one.difference > 0 ? '+' : ''}${one.difference.toFixed(4)} [${one.lower.toFixed(4)}, ${one.upper.toFixed(4)}]`,
              one.adjustedP === null ? '' : one.adjustedP.toFixed(3),
              one.verdict.replaceAll('-', ' '),
            ],
      ),
    ],
    notes: [
      ...notes,
      `Differences below ${percentText(comparison.practicalDelta).slice(1)} are called equivalent.`,
    ],
  }))
}

export function historyTables(history: BenchmarkHistory, style: TableStyle): TextTable[] {
  const { unit } = MEASURE[history.measure]
  const changeAt = new Map(history.changes.map((one) => [one.at, one]))
  const switchAt = new Map(history.switches.map((one) => [one.at, one.what]))
  return [
    {
      title: `History of ${MEASURE_NAMES[history.measure]}`,
      columns:
        style === 'bare'
          ? [
              'at',
              'result',
              'model_sha256',
              'estimate',
              'lower',
              'upper',
              'unit',
              'grade',
              'evidence',
              'change',
              'switch',
            ]
          : ['When', 'Value [95 %]', 'Grade', 'Change'],
      rows: history.points.map(({ row, figure }, at) => {
        const change = changeAt.get(at)
        const changed =
          change === undefined
            ? ''
            : `${change.direction} ${percentText(change.effect)}${change.confirmed ? '' : ' (suspected)'}`
        const switched = switchAt.get(at)?.join(' ') ?? ''
        return style === 'bare'
          ? [
              row.startedAt.toISOString(),
              row.id,
              row.modelSha256,
              String(figure.estimate),
              String(figure.lower),
              String(figure.upper),
              unit,
              row.grade,
              row.evidence,
              changed,
              switched,
            ]
          : [
              row.startedAt.toISOString().slice(0, 16).replace('T', ' '),
              figureText(figure),
              row.grade,
              [changed, switched === '' ? '' : `other ${switched}`].filter(Boolean).join(', '),
            ]
      }),
      notes: [],
    },
  ]
}

function launchNotes(count: number, one: string, several: string): string[] {
  if (count === 0) return []
  return [count === 1 ? `1 launch ${one}.` : `${count} launches ${several}.`]
}

export function leaderboardTables(
  tables: readonly LeaderboardTable[],
  style: TableStyle,
): TextTable[] {
  return tables.map(({ suiteId, suiteVersion, measure, rows, notes, hardwareClasses }) => {
    const { unit } = MEASURE[measure]
    return {
      title: `${suiteId} ${suiteVersion} · ${MEASURE_NAMES[measure]}`,
      columns:
        style === 'bare'
          ? [
              'suite',
              'version',
              'measure',
              'rank_best',
              'rank_worst',
              'model',
              'model_sha256',
              'estimate',
              'lower',
              'upper',
              'unit',
              'accuracy',
              'machines',
              'results',
              'grade',
              'evidence',
            ]
          : ['Rank', 'Model', 'Value', 'Accuracy', 'Machines', 'Evidence'],
      rows: rows.map((row) =>
        style === 'bare'
          ? [
              suiteId,
              suiteVersion,
              measure,
              String(row.rank.best),
              String(row.rank.worst),
              row.name,
              row.modelSha256,
              String(row.estimate),
              String(row.lower),
              String(row.upper),
              unit,
              String(row.accuracy?.value ?? ''),
              String(row.machines),
              String(row.results),
              row.grade,
              row.evidence,
            ]
          : [
              row.rank.best === row.rank.worst
                ? String(row.rank.best)
                : `${row.rank.best}–${row.rank.worst}`,
              row.name,
              inUnit(row.estimate, unit),
              row.accuracy === null ? '' : row.accuracy.value.toFixed(4),
              String(row.machines),
              row.evidence,
            ],
      ),
      notes: [...notes, `Machines: ${hardwareClasses.join('; ') || 'none'}.`],
    }
  })
}
