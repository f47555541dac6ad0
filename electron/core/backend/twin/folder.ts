import { readdirSync, renameSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureFolder } from '../../data-folder'

/** Everything the twin writes is below one folder of the data folder. */
export interface TwinFolder {
  root: string
  data: string
  /** Where the template is made. */
  work: string
  template(hash: string): string
  /** Folders of databases that could not be opened; a person decides what becomes of them. */
  setAside(): string[]
  /** Room that is left on its disk. */
  freeBytes(): number
}

export function twinFolder(dataFolder: string): TwinFolder {
  const root = join(dataFolder, 'twin')
  ensureFolder(root)
  return {
    root,
    data: join(root, 'data'),
    work: join(root, 'building'),
    template: (hash) => join(root, `template-${hash}.tar.gz`),
    setAside: () =>
      readdirSync(root)
        .filter((name) => name.startsWith('damaged-'))
        .map((name) => join(root, name)),
    freeBytes() {
      const { bavail, bsize } = statfsSync(root)
      return bavail * bsize
    },
  }
}

/** Keeps what could not be opened, under another name. */
export function moveAside({ root, data }: TwinFolder, now: Date): string {
  const aside = join(root, `damaged-${now.toISOString().replaceAll(/[:.]/g, '-')}`)
  renameSync(data, aside)
  return aside
}

/** Templates of other versions: 5 MB each, and nobody will ask for them again. */
export function dropOldTemplates({ root, template }: TwinFolder, hash: string): void {
  for (const name of readdirSync(root))
    if (name.startsWith('template-') && join(root, name) !== template(hash))
      rmSync(join(root, name), { force: true })
}
