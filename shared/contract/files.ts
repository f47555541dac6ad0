import { oc } from '@orpc/contract'
import { z } from 'zod'

export const FolderEntry = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'file', 'link', 'other']),
  /** Files only. */
  bytes: z.number().nullable(),
  modifiedAt: z.date().nullable(),
})
export type FolderEntry = z.infer<typeof FolderEntry>

export const filesContract = {
  /**
   * Lists a folder of the host's disk below the granted roots; without a path, the roots.
   * Folders first, then by name; at most 5,000 entries.
   */
  browse: oc
    .input(z.object({ path: z.string().min(1).max(4096).optional() }))
    .errors({
      PATH_NOT_GRANTED: { status: 403, data: z.object({ path: z.string() }) },
      PATH_NOT_FOUND: { status: 404, data: z.object({ path: z.string() }) },
      PATH_UNREADABLE: { status: 403, data: z.object({ path: z.string(), reason: z.string() }) },
    })
    .output(
      z.object({
        path: z.string().nullable(),
        parent: z.string().nullable(),
        entries: z.array(FolderEntry),
        truncated: z.boolean(),
      }),
    ),

  /** The operating system's own dialog, where the host has one (`app.info.dialogs`). Grants what is chosen. */
  choose: oc
    .input(z.object({ kind: z.enum(['file', 'folder']) }))
    .errors({ NO_DIALOG: { status: 501, data: z.object({ host: z.string() }) } })
    .output(z.object({ paths: z.array(z.string()) })),
}
