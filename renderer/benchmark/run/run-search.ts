/** What other pages hand over: a model to add, or a model whose scan refused it. */
export interface RunSearch {
  path?: string
  /** The scan of a model was not clean: asks for the reason to run it all the same. */
  override?: boolean
}

export function parseRunSearch(search: Record<string, unknown>): RunSearch {
  return {
    ...(typeof search.path === 'string' && search.path !== '' && { path: search.path }),
    ...(search.override === true && { override: true }),
  }
}
