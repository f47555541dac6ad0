import { describe, expect, test } from 'vitest'
import { isGitDatabase } from '../../../electron/core/scan/child/git-folder'

describe('of a .git folder', () => {
  test.each([
    '.git/hooks',
    '.git/hooks/pre-commit',
    '.git/config',
    'a/b/.git/info/attributes',
    '.git/modules/sub/hooks/post-checkout',
    '.git/modules/sub/config',
  ])('%s is scanned', (path) => {
    expect(isGitDatabase(path)).toBe(false)
  })
  test.each([
    '.git/objects',
    '.git/index',
    '.git/HEAD',
    'a/.git/hooks/pre-commit.sample',
    '.git/modules/sub/objects',
  ])('%s is left to Git', (path) => {
    expect(isGitDatabase(path)).toBe(true)
  })
  test.each(['.git', 'git/objects/a', 'a/.github/workflows/ci.yml', 'x.git/objects/a'])(
    '%s is none of it',
    (path) => {
      expect(isGitDatabase(path)).toBe(false)
    },
  )
})
