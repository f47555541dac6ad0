import { Button } from '@renderer/ui/Button'
import { Progress } from '@renderer/ui/Progress'
import { text } from '../messages'
import type { Upload } from './use-upload'

export function UploadProgress({ upload, onCancel }: { upload: Upload; onCancel: () => void }) {
  const { receivedBytes, totalBytes, files } = upload
  const share = receivedBytes === null || totalBytes === 0 ? null : receivedBytes / totalBytes
  return (
    <div className="flex w-full max-w-[520px] flex-col gap-3">
      <div className="flex items-baseline gap-3">
        <h2 className="font-semibold text-section">{text.upload.title}</h2>
        {files > 0 && <span className="ml-auto text-muted">{text.upload.count(files)}</span>}
      </div>
      <Progress label={text.upload.progress} value={share} />
      <div className="flex items-center gap-3">
        <span role="status" className="text-muted">
          {receivedBytes === null
            ? text.upload.preparing
            : text.upload.received(receivedBytes, totalBytes)}
        </span>
        <Button className="ml-auto" onClick={onCancel}>
          {text.upload.cancel}
        </Button>
      </div>
    </div>
  )
}
