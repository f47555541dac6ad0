import { restError } from './errors'

export interface Preferences {
  /** Count the rows of a set. */
  count: boolean
  maxAffected: number | undefined
  /** Value of Preference-Applied. */
  applied: string
}

/** docs/references/api/preferences.rst. What means nothing for a function is passed over, as there. */
export function readPreferences(header: string | undefined): Preferences {
  const given = (header ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const strict = given.includes('handling=strict')
  const wrong = given.filter((part) => !KNOWN.test(part))
  if (strict && wrong.length > 0)
    throw restError(400, 'PGRST122', 'Invalid preferences given with handling=strict', {
      details: `Invalid preferences: ${wrong.join(', ')}`,
    })
  const counted = given.find((part) => /^count=(exact|planned|estimated)$/.test(part))
  const limit = given.find((part) => /^max-affected=\d+$/.test(part))
  const maxAffected = strict && limit !== undefined ? Number(limit.split('=')[1]) : undefined
  const applied = given.filter(
    (part) => part.startsWith('handling=') || (strict && part === limit) || part === counted,
  )
  return { count: counted !== undefined, maxAffected, applied: applied.join(', ') }
}

const KNOWN =
  /^(resolution=(merge|ignore)-duplicates|return=(representation|headers-only|minimal)|count=(exact|planned|estimated)|tx=(commit|rollback)|missing=(default|null)|handling=(strict|lenient)|timezone=[\w/+-]+|max-affected=\d+)$/
