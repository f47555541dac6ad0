import type { VersionSource } from '@shared/backend/listings'

/** What is typed of a source; each kind keeps its own fields while another is looked at. */
export interface TypedSource {
  kind: VersionSource['kind']
  url: string
  repository: string
  revision: string
  folder: string
}

export const NO_SOURCE: TypedSource = {
  kind: 'none',
  url: '',
  repository: '',
  revision: '',
  folder: '',
}

export const SOURCE_KINDS = ['none', 'url', 'huggingface', 'folder', 'bucket'] as const

export type SourceProblem = 'url' | 'repository' | 'revision' | 'folder'

/** The forms are those of shared/backend/listings.ts. */
const REPOSITORY = /^[\w.-]{1,96}\/[\w.-]{1,96}$/
const COMMIT = /^[0-9a-f]{40}$/
const FOLDER = /^[\w.-]{1,100}$/

export function sourceProblems({ kind, url, repository, revision, folder }: TypedSource) {
  const wrong: SourceProblem[] = []
  if (kind === 'url' && !isHttps(url.trim())) wrong.push('url')
  if (kind === 'huggingface' && !REPOSITORY.test(repository.trim())) wrong.push('repository')
  if (kind === 'huggingface' && !COMMIT.test(revision.trim())) wrong.push('revision')
  if (kind === 'folder' && !FOLDER.test(folder.trim())) wrong.push('folder')
  return wrong
}

/** Of a source without problems. */
export function sourceOf({ kind, url, repository, revision, folder }: TypedSource): VersionSource {
  switch (kind) {
    case 'url':
      return { kind, url: url.trim() }
    case 'huggingface':
      return { kind, repository: repository.trim(), revision: revision.trim() }
    case 'folder':
      return { kind, name: folder.trim() }
    default:
      return { kind }
  }
}

function isHttps(text: string): boolean {
  try {
    return new URL(text).protocol === 'https:'
  } catch {
    return false
  }
}
