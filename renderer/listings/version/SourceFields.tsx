import { Select } from '@renderer/ui/Select'
import { TextField } from '@renderer/ui/TextField'
import { Field, helpId } from '../Field'
import { text } from './messages'
import { SOURCE_KINDS, type SourceProblem, type TypedSource } from './source'

interface SourceFieldsProps {
  id: string
  source: TypedSource
  onChange: (source: TypedSource) => void
  problems: readonly SourceProblem[]
  /** Why the bucket cannot be chosen. */
  noBucket: string | null
}

export function SourceFields({ id, source, onChange, problems, noBucket }: SourceFieldsProps) {
  const words = text.form
  const one = (key: SourceProblem, label: string, problem: string, placeholder?: string) => (
    <Field
      id={`${id}-${key}`}
      label={label}
      problem={problems.includes(key) && source[key] !== '' ? problem : null}
    >
      <TextField
        id={`${id}-${key}`}
        value={source[key]}
        placeholder={placeholder}
        maxLength={2000}
        translate="no"
        aria-invalid={problems.includes(key) && source[key] !== ''}
        aria-describedby={helpId(`${id}-${key}`)}
        onChange={(event) => onChange({ ...source, [key]: event.target.value })}
      />
    </Field>
  )
  const kinds = SOURCE_KINDS.filter((kind) => kind !== 'bucket' || noBucket === null)
  return (
    <div className="flex flex-col gap-2">
      <Field
        id={id}
        label={words.source}
        help={[words.sourceHelp[source.kind], noBucket].filter(Boolean).join(' ')}
      >
        <Select
          id={id}
          value={source.kind}
          options={kinds.map((value) => ({ value, label: words.sources[value] }))}
          describedBy={helpId(id)}
          onChange={(kind) => onChange({ ...source, kind })}
          className="sm:w-80"
        />
      </Field>
      {source.kind === 'url' && one('url', words.url, words.urlWrong, 'https://')}
      {source.kind === 'huggingface' && (
        <div className="grid gap-2 sm:grid-cols-2">
          {one('repository', words.repository, words.repositoryWrong, words.repositoryPlaceholder)}
          {one('revision', words.revision, words.revisionWrong)}
        </div>
      )}
      {source.kind === 'folder' && one('folder', words.folder, words.folderWrong)}
    </div>
  )
}
