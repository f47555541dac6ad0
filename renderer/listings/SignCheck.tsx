import { useId } from 'react'
import { Check } from './Check'
import { text } from './sign-check-messages'

interface SignCheckProps {
  hasKey: boolean
  /** No results go along. */
  scanOnly?: boolean
  checked: boolean
  onChange: (checked: boolean) => void
}

/** Whether what is sent goes in a passport that this console signs. */
export function SignCheck({ hasKey, scanOnly = false, checked, onChange }: SignCheckProps) {
  const id = useId()
  return (
    <Check
      id={id}
      label={scanOnly ? text.signScan : text.sign}
      help={hasKey ? text.help : `${text.help} ${text.newKey}`}
      checked={checked}
      onChange={onChange}
    />
  )
}
