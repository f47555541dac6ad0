import { formatBytes } from '@renderer/app/intl'
import { Button } from '@renderer/ui/Button'
import { CopyButton } from '@renderer/ui/CopyButton'
import { DetailList, DetailSection } from './DetailList'
import { visible } from './evidence'
import { Frameworks } from './FindingDetail'
import type { FileRow } from './files'
import { text } from './messages'
import { OutcomeBadge } from './OutcomeBadge'

export function FileDetail({ row, onFindings }: { row: FileRow; onFindings: () => void }) {
  const { file } = row
  return (
    <div className="flex flex-col gap-4">
      <header className="flex flex-col items-start gap-1.5">
        <OutcomeBadge outcome={row.outcome} />
        <h2 className="font-semibold text-section wrap-anywhere" translate="no">
          {visible(file.path)}
        </h2>
        {file.reason && (
          <p className="wrap-anywhere" translate="no">
            {visible(file.reason)}
          </p>
        )}
      </header>
      {file.findings.length > 0 && (
        <div>
          <Button onClick={onFindings}>{text.detail.fileFindings(file.findings.length)}</Button>
        </div>
      )}
      <DetailList
        items={[
          [text.detail.format, file.format],
          [text.detail.size, formatBytes(file.bytes)],
          [text.detail.status, text.status[file.status]],
        ]}
      />
      <DetailSection title={text.detail.hash}>
        {file.sha256 === null ? (
          <p className="text-muted">{text.detail.noHash}</p>
        ) : (
          <div className="flex items-start gap-1">
            <code className="min-w-0 text-muted wrap-anywhere" translate="no">
              {file.sha256}
            </code>
            <CopyButton
              iconOnly
              size="small"
              variant="ghost"
              label={text.detail.copyHash}
              value={file.sha256}
            />
          </div>
        )}
        {file.cached && <p className="text-muted">{text.detail.cached}</p>}
      </DetailSection>
      {file.frameworks.length > 0 && (
        <DetailSection title={text.detail.frameworks}>
          <Frameworks frameworks={file.frameworks} />
        </DetailSection>
      )}
    </div>
  )
}
