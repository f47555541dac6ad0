import { SeverityIcon } from '@renderer/ui/SeverityBadge'

/** What kept the scan from starting, and what to do; read out at once. */
export function ErrorNotice({ title, body }: { title: string; body: string }) {
  return (
    <div
      role="alert"
      className="flex gap-2 rounded-card border border-sev-high bg-sev-high-tint px-3 py-2 text-sev-high-text"
    >
      <SeverityIcon severity="high" className="mt-0.5 size-4!" />
      <p className="min-w-0 wrap-anywhere">
        <span className="font-semibold">{title}.</span> {body}
      </p>
    </div>
  )
}
