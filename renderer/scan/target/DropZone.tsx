import { Button } from '@renderer/ui/Button'
import { cx } from '@renderer/ui/cx'
import { describeCommand } from '@shared/commands'
import { FileSearch, FolderOpen, Upload } from 'lucide-react'
import { type ReactNode, useId, useRef } from 'react'
import { text } from '../messages'

interface DropZoneProps {
  /** Items being dragged over the page, or null. */
  dragged: number | null
  busy: boolean
  /** Whether bytes can be sent by the browser. */
  uploads: boolean
  onChoose: (want: 'folder' | 'files') => void
  onUpload: (files: FileList) => void
  /** Shown in place of the buttons while something is under way. */
  children?: ReactNode
}

const icon = 'size-4'

export function DropZone({ dragged, busy, uploads, onChoose, onUpload, children }: DropZoneProps) {
  return (
    <div
      data-drop-zone
      className={cx(
        'flex min-h-52 flex-col items-center justify-center gap-3 rounded-card border border-dashed bg-surface p-6 text-center',
        dragged === null ? 'border-line-strong' : 'border-accent bg-selected',
      )}
    >
      {children ||
        (dragged === null ? (
          <>
            <p className="text-muted">{text.choose.or}</p>
            <div className="flex flex-wrap justify-center gap-2">
              <Button
                variant="primary"
                size="large"
                disabled={busy}
                icon={<FolderOpen aria-hidden="true" className={icon} />}
                keys={describeCommand('scan.folder').keys?.[0]}
                onClick={() => onChoose('folder')}
              >
                {text.choose.folder}
              </Button>
              <Button
                size="large"
                disabled={busy}
                icon={<FileSearch aria-hidden="true" className={icon} />}
                onClick={() => onChoose('files')}
              >
                {text.choose.files}
              </Button>
            </div>
            <p className="text-faint text-small">
              {uploads ? text.choose.sent : text.choose.inPlace}
            </p>
            {uploads && <UploadChoice busy={busy} onUpload={onUpload} />}
          </>
        ) : (
          <p className="pointer-events-none font-semibold text-section">
            {text.choose.dropHere(dragged)}
          </p>
        ))}
    </div>
  )
}

// React passes the attribute on; its types do not know it, since it is not in the HTML standard.
const WHOLE_FOLDERS = { webkitdirectory: '' }

/** The browser's own pickers, for when browser and console do not share a disk. */
function UploadChoice({ busy, onUpload }: Pick<DropZoneProps, 'busy' | 'onUpload'>) {
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const why = useId()
  const input = {
    type: 'file',
    multiple: true,
    hidden: true,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
      const { files } = event.target
      if (files && files.length > 0) onUpload(files)
    },
    // The same choice again has to count as a change.
    onClick: (event: React.MouseEvent<HTMLInputElement>) => {
      event.currentTarget.value = ''
    },
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls
    <div
      role="group"
      aria-label={text.choose.upload}
      className="mt-2 flex flex-wrap items-center justify-center gap-x-3 gap-y-1 text-small"
    >
      <span id={why} className="text-muted">
        {text.choose.uploadWhy}
      </span>
      <span className="flex gap-1">
        <Button
          variant="link"
          size="small"
          disabled={busy}
          aria-describedby={why}
          icon={<Upload aria-hidden="true" className="size-3.5" />}
          onClick={() => folder.current?.click()}
        >
          {text.choose.uploadFolder}
        </Button>
        <Button
          variant="link"
          size="small"
          disabled={busy}
          aria-describedby={why}
          icon={<Upload aria-hidden="true" className="size-3.5" />}
          onClick={() => files.current?.click()}
        >
          {text.choose.uploadFiles}
        </Button>
      </span>
      <input ref={files} {...input} data-upload="files" />
      <input ref={folder} {...input} data-upload="folder" {...WHOLE_FOLDERS} />
    </div>
  )
}
