import type { Query } from '../database'
import { restError } from './errors'

/** A function of the schema `public`, as PostgREST's schema cache has it. */
export interface Routine {
  name: string
  /** Names and types of what goes in, in order. */
  inputs: { name: string; type: string; optional: boolean }[]
  volatile: boolean
  set: boolean
  /** Rows of several columns: an object each. */
  composite: boolean
  void: boolean
}

interface CatalogueRow {
  name: string
  names: string[]
  types: string[]
  modes: string[]
  defaults: number
  volatility: string
  set: boolean
  result: string
  result_kind: string
}

const CATALOGUE = `
  select p.proname::text as name, p.provolatile::text as volatility, p.proretset as set,
    p.pronargdefaults::int as defaults, t.typname::text as result, t.typtype::text as result_kind,
    coalesce(p.proargnames, '{}') as names,
    coalesce(p.proargmodes::text[], '{}') as modes,
    coalesce((
      select array_agg(format_type(a.type, null) order by a.nth)
      from unnest(p.proargtypes::oid[]) with ordinality as a (type, nth)
    ), '{}') as types
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  join pg_type t on t.oid = p.prorettype
  where n.nspname = 'public' and p.prokind = 'f'`

export type Catalogue = ReadonlyMap<string, readonly Routine[]>

export async function readCatalogue(query: Query): Promise<Catalogue> {
  const rows = await query<CatalogueRow>(CATALOGUE)
  const routines = rows.map((row): Routine => {
    // Without modes every argument goes in (pg_proc.proargmodes).
    const names = row.names.filter((_, nth) => /^[ibv]?$/.test(row.modes[nth] ?? ''))
    return {
      name: row.name,
      inputs: row.types.map((type, nth) => ({
        name: names[nth] ?? '',
        type,
        optional: nth >= row.types.length - row.defaults,
      })),
      volatile: row.volatility === 'v',
      set: row.set,
      // A column that has a name makes an object, also when it is the only one.
      composite:
        row.result_kind === 'c' ||
        row.result === 'record' ||
        row.modes.some((mode) => /^[otb]$/.test(mode)),
      void: row.result === 'void',
    }
  })
  return Map.groupBy(routines, (routine) => routine.name)
}

/** The one function that takes exactly these arguments. */
export function findRoutine(
  catalogue: Catalogue,
  name: string,
  given: readonly string[],
  method: string,
): Routine {
  const found = (catalogue.get(name) ?? []).filter(
    ({ inputs }) =>
      given.every((key) => inputs.some((input) => input.name === key)) &&
      inputs.every((input) => input.optional || given.includes(input.name)),
  )
  const [routine, second] = found
  if (routine === undefined) throw notFound(catalogue, name, [...given].sort(), method)
  if (second !== undefined)
    throw restError(300, 'PGRST203', ambiguous(found), {
      hint: 'Try renaming the parameters or the function itself in the database so function overloading can be resolved',
    })
  return routine
}

const ambiguous = (routines: readonly Routine[]) =>
  `Could not choose the best candidate function between: ${routines
    .map(
      ({ name, inputs }) =>
        `public.${name}(${inputs.map((input) => `${input.name} => ${input.type}`).join(', ')})`,
    )
    .join(', ')}`

function notFound(catalogue: Catalogue, name: string, given: readonly string[], method: string) {
  const list = given.join(', ')
  const called = given.length === 0 ? ' without parameters' : `(${list})`
  const searched =
    given.length === 0
      ? ' without parameters'
      : ` with parameter${given.length > 1 ? 's' : ''} ${list}`
  const single = method === 'POST' ? ' or with a single unnamed json/jsonb parameter' : ''
  return restError(
    404,
    'PGRST202',
    `Could not find the function public.${name}${called} in the schema cache`,
    {
      details: `Searched for the function public.${name}${searched}${single}, but no matches were found in the schema cache.`,
      hint: hintFor(catalogue, name),
    },
  )
}

/** PostgREST guesses by similarity; the twin names the arguments that a known function takes. */
function hintFor(catalogue: Catalogue, name: string): string | null {
  const [known] = catalogue.get(name) ?? []
  if (known === undefined) return null
  return `Perhaps you meant to call the function public.${name}(${known.inputs.map((input) => input.name).join(', ')})`
}
