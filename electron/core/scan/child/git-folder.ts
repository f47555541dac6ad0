/**
 * What of a `.git` folder can start something: hooks, and the settings that name commands. The rest
 * is Git's own database, packed and by hash; nothing in it runs, and what is checked out is scanned as
 * the files it becomes. Samples of hooks are inert until somebody renames them.
 */
export function isGitDatabase(shown: string): boolean {
  const inside = /(?:^|\/)\.git\/(.+)$/.exec(shown)?.[1]
  if (inside === undefined) return false
  if (/^(hooks|modules|info)$/.test(inside)) return false
  if (inside.startsWith('hooks/')) return inside.endsWith('.sample')
  if (inside.startsWith('modules/'))
    return isGitDatabase(`.git/${inside.replace(/^modules\/[^/]+\/?/, '') || 'hooks'}`)
  return !/^(config|config\.worktree|info\/attributes)$/.test(inside)
}
