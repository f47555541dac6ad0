import { type ComparedFiles, compareFiles } from '@shared/listings/compare-files'
import { comparePublished, type PublishedPair } from '@shared/listings/compare-published'
import { type Backend, refused } from '../backend/backend'
import { allResults } from './all-results'

export interface VersionPair {
  listingId: string
  from: string
  to: string
}

export async function compareVersions(
  backend: Backend,
  { listingId, from, to }: VersionPair,
  signal?: AbortSignal,
): Promise<{ files: ComparedFiles; benchmarks: PublishedPair[] }> {
  const [{ versions }, results] = await Promise.all([
    backend.read('get_listing', { p_id: listingId }, signal),
    allResults(backend, listingId, signal),
  ])
  const filesOf = (id: string) => {
    const version = versions.find((one) => one.id === id)
    if (version === undefined) throw refused('not_found', { what: 'version' })
    return version.files
  }
  const resultsOf = (id: string) => results.filter(({ versionId }) => versionId === id)
  return {
    files: compareFiles(filesOf(from), filesOf(to)),
    benchmarks: comparePublished(resultsOf(from), resultsOf(to)),
  }
}
