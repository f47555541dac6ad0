import { SectionCard } from '@renderer/ui/Card'
import type { EvidenceLevel } from '@shared/model/statement'
import type { RecomputedMeasurement } from '@shared/model/verification'
import { EvidenceChip } from '../benchmark/EvidenceChip'
import { Table } from '../benchmark/Table'
import { visible } from '../scan/report/evidence'
import { text } from './messages'

interface RecomputedFiguresProps {
  measurement: RecomputedMeasurement
  level: EvidenceLevel
}

/** The figures of one measurement, each with its interval, its level and what it follows from. */
export function RecomputedFigures({ measurement, level }: RecomputedFiguresProps) {
  const { verification } = text
  return (
    <SectionCard title={verification.measurements}>
      <p className="px-3 pt-2 text-muted wrap-anywhere" translate="no">
        {visible(measurement.headline)}
      </p>
      <Table
        label={verification.measurements}
        rows={measurement.figures}
        rowKey={({ name }) => name}
        columns={[
          { header: verification.figure, cell: ({ name }) => <Data>{name}</Data> },
          { header: verification.value, cell: ({ value }) => <Data>{value}</Data>, align: 'end' },
          { header: verification.basis, cell: ({ basis }) => <Data>{basis}</Data> },
          { header: verification.level, cell: () => <EvidenceChip evidence={level} /> },
        ]}
      />
    </SectionCard>
  )
}

const Data = ({ children }: { children: string }) => <span translate="no">{visible(children)}</span>
