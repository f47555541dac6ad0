import { formatNumber } from '@renderer/app/intl'
import { CopyButton } from '@renderer/ui/CopyButton'
import { cx } from '@renderer/ui/cx'
import type { CodeFrame, Location } from '@shared/scan-report/fact'
import { type FrameLine, frameLines } from './code-frame'
import { text } from './detail-messages'
import { tokens } from './evidence'
import { TOKEN_CLASS } from './token-class'

interface CodeFrameViewProps {
  frame: CodeFrame
  location: Pick<Location, 'line' | 'column'>
  /** A line that a step of the path points at; the finding's own when there is none. */
  pointed: number | null
}

/** The code around the finding: numbers, the marked line, and a caret under its column. */
export function CodeFrameView({ frame, location, pointed }: CodeFrameViewProps) {
  const lines = frameLines(frame, location)
  const last = frame.firstLine + frame.lines.length - 1
  const digits = String(last).length
  return (
    <figure className="overflow-hidden rounded-control border border-line bg-sunken">
      <figcaption className="flex h-8 items-center gap-2 border-line border-b pr-0.5 pl-3 text-muted text-small">
        <span>{text.lines(frame.firstLine, last)}</span>
        {location.line !== undefined && (
          <code className="ml-auto truncate">{text.place(location.line, location.column)}</code>
        )}
        <span className={location.line === undefined ? 'ml-auto' : ''}>
          <CopyButton
            iconOnly
            size="small"
            variant="ghost"
            label={text.copyCode}
            value={() => frame.lines.join('\n')}
          />
        </span>
      </figcaption>
      <pre
        className="max-h-80 overflow-auto py-1.5 text-code [tab-size:4]"
        translate="no"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by key
        tabIndex={0}
      >
        <span className="block w-max min-w-full">
          {lines.map((line) => (
            <Line
              key={line.number}
              line={line}
              digits={digits}
              marked={line.number === location.line}
              pointed={line.number === pointed}
            />
          ))}
        </span>
      </pre>
    </figure>
  )
}

interface LineProps {
  line: FrameLine
  digits: number
  marked: boolean
  pointed: boolean
}

function Line({ line, digits, marked, pointed }: LineProps) {
  const gutter = `${digits + 2}ch`
  return (
    <span
      className={cx(
        'block border-l-2 pr-3',
        marked ? 'border-sev-high bg-sev-high-tint' : 'border-transparent',
        pointed && 'outline-1 outline-accent -outline-offset-1',
      )}
    >
      <span
        aria-hidden="true"
        className={cx(
          'inline-block select-none pr-3 text-end',
          marked ? 'text-text' : 'text-muted',
        )}
        style={{ width: gutter }}
      >
        {formatNumber(line.number)}
      </span>
      <Code code={line.before} />
      {line.marked && (
        <mark className="bg-transparent font-semibold text-sev-high-text">{line.marked}</mark>
      )}
      <Code code={line.after} />
      {'\n'}
      {line.marked && (
        // The same text, unseen, puts the caret under its column whatever the glyphs are wide.
        <span aria-hidden="true" className="block select-none">
          <span className="inline-block" style={{ width: gutter }} />
          <span className="invisible">{line.before}</span>
          <span className="text-sev-high-text">{'^'.repeat(Math.min(line.marked.length, 60))}</span>
        </span>
      )}
    </span>
  )
}

function Code({ code }: { code: string }) {
  let at = 0
  return tokens(code).map((piece) => {
    at += piece.text.length
    return (
      <span key={at} className={TOKEN_CLASS[piece.kind]}>
        {piece.text}
      </span>
    )
  })
}
