import { browserNotes } from '@renderer/scan/target/notes'
import {
  pickFiles,
  WALK_LIMITS,
  type WalkableEntry,
  walkEntries,
} from '@renderer/scan/target/walk-entries'
import { describe, expect, it } from 'vitest'

const never = new AbortController().signal

/** An entry of the browser as dropping hands it out: at most 100 children a call. */
function folder(name: string, children: WalkableEntry[]): WalkableEntry {
  const createReader = () => {
    let at = 0
    return {
      readEntries(found: (entries: WalkableEntry[]) => void) {
        const batch = children.slice(at, at + 100)
        at += batch.length
        found(batch)
      },
    }
  }
  return Object.assign({ name, isFile: false, isDirectory: true }, { createReader })
}

function file(name: string, text = 'x'): WalkableEntry {
  const read = (found: (file: File) => void) => found(new File([text], name))
  return Object.assign({ name, isFile: true, isDirectory: false }, { file: read })
}

function unreadable(name: string): WalkableEntry {
  const read = (_: unknown, failed: (error: unknown) => void) => failed(new Error('NotReadable'))
  return Object.assign({ name, isFile: true, isDirectory: false }, { file: read })
}

describe('walking what was dropped', () => {
  it('finds every file below the folders, with its path from there', async () => {
    const tree = folder('model', [file('z.bin', '123'), folder('sub', [file('a.pkl')])])
    const picked = await walkEntries([tree, file('loose.txt')], never)
    const paths = picked.files.map(({ path }) => path)
    expect(paths).toEqual(['model/sub/a.pkl', 'model/z.bin', 'loose.txt'])
    expect(picked.bytes).toBe(5)
  })

  it('reads a folder to its end, although the browser hands out 100 entries a time', async () => {
    const many = Array.from({ length: 250 }, (_, at) => file(`${at}.bin`))
    const picked = await walkEntries([folder('many', many)], never)
    expect(picked.files).toHaveLength(250)
  })

  it('remembers empty folders and what the browser would not open', async () => {
    const tree = folder('model', [folder('empty', []), unreadable('locked.bin')])
    const picked = await walkEntries([tree], never)
    expect(picked).toMatchObject({
      files: [],
      emptyFolders: ['model/empty'],
      unreadable: ['model/locked.bin'],
    })
  })

  it('stops at the number of files that an upload takes, and says so', async () => {
    const picked = await walkEntries([file('a'), file('b'), file('c')], never, {
      ...WALK_LIMITS,
      files: 2,
    })
    expect(picked.files).toHaveLength(2)
    expect(picked.truncated).toBe(true)
  })

  it('does not follow folders without end', async () => {
    const endless: WalkableEntry = folder('again', [])
    Object.assign(endless, {
      createReader: () => {
        let handed = false
        return {
          readEntries(found: (entries: WalkableEntry[]) => void) {
            found(handed ? [] : [endless])
            handed = true
          },
        }
      },
    })
    const picked = await walkEntries([endless], never)
    expect(picked.truncated).toBe(true)
  })

  it('ends when it is cancelled', async () => {
    await expect(walkEntries([file('a')], AbortSignal.abort('enough'))).rejects.toBe('enough')
  })
})

describe('what a browser hides', () => {
  const nothingOdd = { files: [], bytes: 0, emptyFolders: [], unreadable: [], truncated: false }

  it('is always said', () => {
    const notes = browserNotes(nothingOdd, true)
    expect(notes).toEqual([expect.stringContaining('symbolic links')])
  })

  it('includes the empty folders and the files that could not be opened, by name', () => {
    const notes = browserNotes(
      { ...nothingOdd, emptyFolders: ['m/empty'], unreadable: ['m/locked'], truncated: true },
      true,
    )
    expect(notes.join(' ')).toMatch(/m\/empty.*m\/locked.*20,000/)
  })

  it('names a few of many, and never makes a note longer than the contract takes', () => {
    const unreadable = Array.from({ length: 900 }, (_, at) => `${'deep/'.repeat(40)}${at}`)
    const notes = browserNotes({ ...nothingOdd, unreadable }, true)
    expect(Math.max(...notes.map((note) => note.length))).toBeLessThanOrEqual(500)
  })

  it('includes empty folders in general where an input does not list them', () => {
    const chosen = new File(['x'], 'a.bin')
    Object.defineProperty(chosen, 'webkitRelativePath', { value: 'model/a.bin' })
    const picked = pickFiles([chosen])
    expect(picked.files.map(({ path }) => path)).toEqual(['model/a.bin'])
    expect(browserNotes(picked, false).join(' ')).toContain('Empty folders')
  })
})
