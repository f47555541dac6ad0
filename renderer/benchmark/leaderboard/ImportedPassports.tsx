import { describeError } from '@renderer/app/errors'
import { formatDateTime } from '@renderer/app/intl'
import { orpc } from '@renderer/app/rpc'
import { Button } from '@renderer/ui/Button'
import { SectionCard } from '@renderer/ui/Card'
import { notify } from '@renderer/ui/toast'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { EvidenceChip } from '../EvidenceChip'
import { Table } from '../Table'
import { text } from './messages'

/** Passports of others whose results are ranked along, and a way to take one in or out. */
export function ImportedPassports() {
  const queries = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const { data: imports = [] } = useQuery(orpc.benchmark.imports.list.queryOptions())
  const changed = () => queries.invalidateQueries({ queryKey: orpc.benchmark.key() })
  const failed = (error: Error) =>
    notify({
      title: text.imports.failed,
      description: describeError(error).message,
      tone: 'error',
    })
  const add = useMutation(
    orpc.benchmark.imports.add.mutationOptions({
      onSuccess: async ({ name }) => {
        notify({ title: text.imports.done(name), tone: 'ok' })
        await changed()
      },
      onError: failed,
    }),
  )
  const remove = useMutation(
    orpc.benchmark.imports.remove.mutationOptions({ onSuccess: changed, onError: failed }),
  )
  const { columns } = text
  return (
    <SectionCard
      title={text.imports.title}
      aside={
        <Button
          size="small"
          disabledReason={add.isPending ? text.imports.busy : null}
          onClick={() => input.current?.click()}
        >
          {text.imports.choose}
        </Button>
      }
    >
      <p className="max-w-[90ch] px-3 py-2 text-muted">{text.imports.intro}</p>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,application/json"
        data-import
        onChange={({ target }) => {
          const [file] = target.files ?? []
          if (file) void file.text().then((given) => add.mutate({ text: given }))
        }}
        // The same choice again has to count as a change.
        onClick={({ currentTarget }) => {
          currentTarget.value = ''
        }}
      />
      {imports.length > 0 && (
        <Table
          label={text.imports.title}
          rows={imports}
          rowKey={({ id }) => id}
          columns={[
            { header: columns.model, cell: ({ name }) => <span translate="no">{name}</span> },
            {
              header: text.imports.holds,
              cell: ({ ofOwn, results }) =>
                ofOwn ? text.imports.copy : text.imports.results(results),
            },
            { header: columns.evidence, cell: ({ level }) => <EvidenceChip evidence={level} /> },
            {
              header: text.imports.when,
              cell: ({ importedAt }) => formatDateTime(importedAt),
            },
            {
              header: '',
              align: 'end',
              cell: ({ id, name }) => (
                <Button
                  size="small"
                  aria-label={text.imports.removeOf(name)}
                  onClick={() => remove.mutate({ importId: id })}
                >
                  {text.imports.remove}
                </Button>
              ),
            },
          ]}
        />
      )}
    </SectionCard>
  )
}
