import { formatNumber } from '@renderer/app/intl'
import { CopyButton } from '@renderer/ui/CopyButton'
import type { Finding } from '@shared/scan-report/report'
import { evidenceKind, offsetText, tokens, visible } from './evidence'
import { text } from './messages'
import { TOKEN_CLASS } from './token-class'

/** What the file contains at this place: a decompiled call, a snippet, or bytes. Shown, never run. */
export function EvidenceFrame({ finding }: { finding: Finding }) {
  const shown = visible(finding.evidence)
  const kind = evidenceKind(shown)
  const { offset, opcode } = finding.location
  const pieces = kind === 'code' ? tokens(shown) : []
  let at = 0
  return (
    <figure className="overflow-hidden rounded-control border border-line bg-sunken">
      <figcaption className="flex h-8 items-center gap-2 border-line border-b pr-0.5 pl-3 text-muted text-small">
        <span>{text.detail.evidenceOf(kind)}</span>
        {(offset !== undefined || opcode) && (
          <code className="ml-auto truncate text-faint" translate="no">
            {[offset === undefined ? '' : offsetText(offset, formatNumber), opcode ?? '']
              .filter(Boolean)
              .join('  ')}
          </code>
        )}
        <span className={offset === undefined && !opcode ? 'ml-auto' : ''}>
          <CopyButton
            iconOnly
            size="small"
            variant="ghost"
            label={text.detail.copyEvidence}
            value={finding.evidence}
          />
        </span>
      </figcaption>
      <pre
        className="max-h-80 overflow-auto whitespace-pre-wrap p-3 text-code wrap-anywhere"
        translate="no"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by key
        tabIndex={0}
      >
        {kind === 'hex'
          ? shown
          : pieces.map((piece) => {
              at += piece.text.length
              return (
                <span key={at} className={TOKEN_CLASS[piece.kind]}>
                  {piece.text}
                </span>
              )
            })}
      </pre>
    </figure>
  )
}
