import { SectionCard } from '@renderer/ui/Card'
import { Select } from '@renderer/ui/Select'
import { TextArea, TextField } from '@renderer/ui/TextField'
import { CATEGORIES, PRICE_UNITS } from '@shared/backend/words'
import { Field, helpId } from '../Field'
import { text as shared } from '../messages'
import type { DraftProblem } from './draft'
import { LicenceField } from './LicenceField'
import { text } from './messages'
import type { Editor } from './use-editor'

/** Where the checklist jumps to. */
export const fieldId = (field: string) => `listing-${field}`

const CURRENCIES = ['EUR', 'USD', 'GBP'] as const

export function CardForm({ editor, asked }: { editor: Editor; asked: boolean }) {
  const { draft, change, problems } = editor
  // Nobody is told off for a form that was just opened.
  const problem = (of: DraftProblem) =>
    problems.includes(of) && (asked || of !== 'name' || draft.name !== '')
      ? text.problems[of]
      : null
  const words = text.card
  return (
    <SectionCard title={words.title}>
      <div className="grid grid-cols-1 gap-x-4 gap-y-3 p-3 sm:grid-cols-2">
        <Field id={fieldId('name')} label={words.name} problem={problem('name')}>
          <TextField
            id={fieldId('name')}
            value={draft.name}
            maxLength={80}
            aria-invalid={problem('name') !== null}
            aria-describedby={problem('name') ? helpId(fieldId('name')) : undefined}
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        <Field id={fieldId('category')} label={words.category}>
          <Select
            id={fieldId('category')}
            value={draft.category}
            options={CATEGORIES.map((value) => ({ value, label: shared.categories[value] }))}
            onChange={(category) => change({ category })}
          />
        </Field>
        <Field
          id={fieldId('summary')}
          label={words.summary}
          help={words.summaryHelp}
          className="sm:col-span-2"
        >
          <TextField
            id={fieldId('summary')}
            value={draft.summary}
            maxLength={200}
            spellCheck
            aria-describedby={helpId(fieldId('summary'))}
            onChange={(event) => change({ summary: event.target.value })}
          />
        </Field>
        <Field
          id={fieldId('description')}
          label={words.description}
          help={words.descriptionHelp}
          className="sm:col-span-2"
        >
          <TextArea
            id={fieldId('description')}
            rows={8}
            value={draft.description}
            maxLength={20_000}
            aria-describedby={helpId(fieldId('description'))}
            onChange={(event) => change({ description: event.target.value })}
          />
        </Field>
        <LicenceField
          id={fieldId('licence')}
          value={draft.licence}
          onChange={(licence) => change({ licence })}
        />
        <Field
          id={fieldId('tags')}
          label={words.tags}
          help={words.tagsHelp}
          problem={problem('tags')}
        >
          <TextField
            id={fieldId('tags')}
            value={draft.tags}
            maxLength={400}
            aria-invalid={problem('tags') !== null}
            aria-describedby={helpId(fieldId('tags'))}
            onChange={(event) => change({ tags: event.target.value })}
          />
        </Field>
        <div className="grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1.4fr)] items-start gap-2 sm:col-span-2 sm:max-w-[calc(50%-8px)]">
          <Field
            id={fieldId('price')}
            label={words.price}
            help={words.priceHelp}
            problem={problem('price')}
          >
            <TextField
              id={fieldId('price')}
              inputMode="decimal"
              value={draft.amount}
              maxLength={12}
              aria-invalid={problem('price') !== null}
              aria-describedby={helpId(fieldId('price'))}
              onChange={(event) => change({ amount: event.target.value })}
            />
          </Field>
          <Field id={fieldId('currency')} label={words.currency}>
            <Select
              id={fieldId('currency')}
              value={draft.currency}
              options={CURRENCIES.map((value) => ({ value, label: value }))}
              onChange={(currency) => change({ currency })}
              className="[&>select]:min-w-20!"
            />
          </Field>
          <Field id={fieldId('unit')} label={words.unit}>
            <Select
              id={fieldId('unit')}
              value={draft.unit}
              options={PRICE_UNITS.map((value) => ({ value, label: shared.units[value] }))}
              onChange={(unit) => change({ unit })}
            />
          </Field>
        </div>
      </div>
    </SectionCard>
  )
}
