import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, type ButtonProps, IconButton } from './Button'
import { text } from './messages'

/** How long the button says "Copied". */
const CONFIRM_MS = 2000

interface Props extends Pick<ButtonProps, 'size' | 'variant'> {
  value: string | (() => string)
  label?: string
  /** Only the icon; the label becomes its name. */
  iconOnly?: boolean
}

export function CopyButton({ value, label = text.copy, iconOnly, ...look }: Props) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), CONFIRM_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () => {
    const content = typeof value === 'function' ? value() : value
    navigator.clipboard.writeText(content).then(
      () => setCopied(true),
      // The browser may refuse while the page has no focus; the button then simply does not confirm.
      () => setCopied(false),
    )
  }
  const Icon = copied ? Check : Copy
  const icon = <Icon aria-hidden="true" className="size-3.5" />
  const shown = copied ? text.copied : label
  if (iconOnly) return <IconButton {...look} label={shown} icon={icon} onClick={copy} />
  return (
    <Button {...look} icon={icon} onClick={copy}>
      <span aria-live="polite">{shown}</span>
    </Button>
  )
}
