import { below, valueAt } from './entries'
import type { ConfigReader } from './report'

/** Poetry and Pipfile write a dependency as a table. */
const TABLE_KEYS = /^(git|url|path|file)$/
/** Where these files keep what they depend on. */
const TOPS =
  /^(project|build-system|tool|dependencies|dev-dependencies|build-dependencies|dependency-groups|packages|dev-packages|channels|source|target|workspace|patch)$/
const LISTS =
  /^((dev-|build-|optional-|group-)?dependenc(y|ies)(-groups)?|requires|pip|(dev-)?packages|channels|source|sources|index|patch)$/
const DIRECT = /(?:^|@\s*)((?:(?:git|hg|svn|bzr)\+)?(?:https?|git|ssh|ftp|file):\/\/\S+)/

/** pyproject.toml (PEP 517, 518, 621), Pipfile, Cargo.toml, conda's environment.yml. */
export function readPythonProject({ entries, lines, context, dependency }: ConfigReader): void {
  const backend = valueAt(entries, 'build-system', 'build-backend')
  const paths = below(entries, 'build-system', 'backend-path')
  if (backend !== undefined && paths.length > 0)
    for (const { value } of paths.slice(0, 10)) {
      // A backend of the package itself runs on whatever machine builds it (PEP 517, "In-tree build backends").
      const module = String(backend.value).replace(/:.*$/, '').replaceAll('.', '/')
      const target = `${String(value)}/${module}.py`.replace(/^(\.\/)+/, '')
      lines.reportAs(context, 'hook', {
        name: 'hook.python.build-backend',
        start: backend.start,
        end: backend.end,
        evidence: `build-backend ${String(backend.value)} of this package`,
        detail: { target },
      })
    }
  const build = valueAt(entries, 'package', 'build')
  if (build !== undefined && typeof build.value === 'string')
    lines.reportAs(context, 'hook', {
      name: 'hook.cargo.build',
      start: build.start,
      end: build.end,
      evidence: `build = ${build.value}`,
      detail: { target: build.value },
    })
  for (const entry of entries) {
    const { path, value } = entry
    if (typeof value !== 'string' || !TOPS.test(path[0] ?? '')) continue
    if (!path.some((key) => LISTS.test(key))) continue
    const url =
      TABLE_KEYS.test(path.at(-1) ?? '') && /:\/\//.test(value) ? value : DIRECT.exec(value)?.[1]
    const isLock =
      path.includes('package') && path.some((key) => /^(source|files|wheels|sdist)$/.test(key))
    if (url !== undefined && !isLock) dependency(url.replace(/[,;]$/, ''), entry)
  }
}

/** Task runners that live in pyproject.toml: Poe, PDM, Hatch, taskipy, Rye, Pixi, cibuildwheel. */
const TASKS =
  /^(tasks|scripts|commands|cmd|shell|before-all|before-build|before-test|test-command|repair-wheel-command|post-install-commands|pre-install-commands|legacy_tox_ini)$/
const MOST_TASKS = 500

export function readProjectTasks({ entries, command }: ConfigReader): void {
  let left = MOST_TASKS
  for (const entry of entries) {
    const { path, value } = entry
    if (!/^(tool|tasks|feature)$/.test(path[0] ?? '') || typeof value !== 'string') continue
    if (path.slice(1).some((key) => TASKS.test(key)) && left-- > 0) command(value, entry)
  }
}
