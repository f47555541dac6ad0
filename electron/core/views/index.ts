import type { SavedView } from '@shared/contract/views'
import type { Db } from '../database/open'
import { exclusively } from '../database/transaction'
import type { Platform } from '../platform'

/** The name of another view of the same page. */
export class NameTakenError extends Error {
  override readonly name = 'NameTakenError'
  readonly view: string
  constructor(view: string) {
    super(`There is a view called ${view} already.`)
    this.view = view
  }
}

export interface SavedViews {
  /** By page, then by name. */
  list(): SavedView[]
  /** Rejects with NameTakenError. */
  save(view: Omit<SavedView, 'id'> & { id?: string | undefined }): Promise<SavedView>
  remove(id: string): Promise<boolean>
}

export function createSavedViews(db: Db, platform: Pick<Platform, 'randomId'>): SavedViews {
  return {
    list() {
      const rows = db
        .prepare('SELECT id, page, name, search FROM saved_view ORDER BY page, name COLLATE NOCASE')
        .all() as (Omit<SavedView, 'search'> & { search: string })[]
      return rows.map((row) => ({ ...row, search: JSON.parse(row.search) }))
    },
    save({ id = platform.randomId(), page, name, search }) {
      return exclusively(db, () => {
        const other = db
          .prepare('SELECT 1 FROM saved_view WHERE page = ? AND name = ? AND id <> ?')
          .get(page, name, id)
        if (other !== undefined) throw new NameTakenError(name)
        db.prepare(
          `INSERT INTO saved_view (id, page, name, search) VALUES (?,?,?,?) ON CONFLICT (id)
           DO UPDATE SET page = excluded.page, name = excluded.name, search = excluded.search`,
        ).run(id, page, name, JSON.stringify(search))
        return { id, page, name, search }
      })
    },
    remove: (id) =>
      exclusively(db, () => db.prepare('DELETE FROM saved_view WHERE id = ?').run(id).changes > 0),
  }
}
