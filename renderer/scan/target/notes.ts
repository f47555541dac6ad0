import { text } from '../messages'
import { type Picked, WALK_LIMITS } from './walk-entries'

/** `beginUpload` takes notes of at most 500 characters. */
const NOTE_LENGTH = 500
const NAMED = 5

/**
 * What a browser hid, in sentences that go into the report. `walked` is whether folders were walked
 * (a drop shows empty folders; an <input> does not).
 */
export function browserNotes(picked: Picked, walked: boolean): string[] {
  const notes = [text.notes.hidden]
  if (picked.emptyFolders.length > 0) {
    notes.push(text.notes.emptyFolders(picked.emptyFolders.length, firstOf(picked.emptyFolders)))
  } else if (!walked && picked.files.some(({ path }) => path.includes('/'))) {
    notes.push(text.notes.emptyUnseen)
  }
  if (picked.unreadable.length > 0) {
    notes.push(text.notes.unreadable(picked.unreadable.length, firstOf(picked.unreadable)))
  }
  if (picked.truncated) notes.push(text.notes.truncated(WALK_LIMITS.files))
  return notes.map((note) =>
    note.length > NOTE_LENGTH ? `${note.slice(0, NOTE_LENGTH - 1)}…` : note,
  )
}

function firstOf(paths: readonly string[]): string[] {
  const first = paths.slice(0, NAMED)
  return paths.length > NAMED ? [...first, text.notes.more(paths.length - NAMED)] : first
}
