import { Select } from '@renderer/ui/Select'
import { TextField } from '@renderer/ui/TextField'
import { Field, helpId } from '../Field'
import { COMMON_LICENCES } from './licences'
import { text } from './messages'

interface LicenceFieldProps {
  id: string
  value: string
  onChange: (licence: string) => void
}

const OWN = 'own'

/** Any expression may be typed; the list beside it fills in what is common. */
export function LicenceField({ id, value, onChange }: LicenceFieldProps) {
  const known = COMMON_LICENCES.find((one) => one === value.trim())
  return (
    <Field id={id} label={text.card.licence} help={text.card.licenceHelp}>
      <div className="flex gap-2">
        <TextField
          id={id}
          className="flex-1"
          value={value}
          maxLength={200}
          translate="no"
          aria-describedby={helpId(id)}
          onChange={(event) => onChange(event.target.value)}
        />
        <Select
          label={text.card.licenceCommon}
          value={known ?? OWN}
          options={[
            { value: OWN, label: text.card.licenceChoose },
            ...COMMON_LICENCES.map((one) => ({ value: one, label: one, data: true })),
          ]}
          onChange={(chosen) => {
            if (chosen !== OWN) onChange(chosen)
          }}
          className="w-32"
        />
      </div>
    </Field>
  )
}
