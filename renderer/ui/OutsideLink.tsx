import { ExternalLink } from 'lucide-react'
import { text } from './messages'

/** A link out of the console, or its label where there is nowhere to go. The host checks where to. */
export function OutsideLink({ label, url }: { label: string; url: string | null }) {
  if (url === null) return <span translate="no">{label}</span>
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      className="inline-flex max-w-full items-center gap-1 text-accent underline-offset-2 hover:underline"
    >
      <span className="truncate" title={url} translate="no">
        {label}
      </span>
      <ExternalLink aria-hidden="true" className="size-3 shrink-0" />
      <span className="sr-only">{text.opensOutside}</span>
    </a>
  )
}
