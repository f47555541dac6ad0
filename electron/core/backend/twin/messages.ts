/** Sentences about the local workspace that a person reads. */
export const MESSAGES = {
  locked:
    'The local workspace is open in another process. Close the other console, or wait until it has ended.',
  newer: (version: string) =>
    `The local workspace was made by a newer console (schema ${version}). Update this console, or reset the workspace.`,
  engine: (version: string) =>
    `The local workspace was made by PostgreSQL ${version}, which this console does not bring. Use the console that made it, or reset the workspace.`,
  migration: (detail: string) =>
    `The local workspace could not be brought up to date: ${detail}. Nothing was changed. Report this, or reset the workspace.`,
  doesNotStart: (detail: string) => `The local workspace does not start: ${detail}`,
  diskFull: 'The local workspace does not start: the disk is full. Free some space and try again.',
  setAside: (folder: string) =>
    `The local workspace could not be opened and was made anew. What was there is kept in ${folder}.`,
  templateDamaged: (file: string) =>
    `${file} is not the file that was built, so the local workspace is made without it, which takes longer. Reinstall the console, or run \`npm run build\`.`,
  stopped: 'The local workspace is stopped. Start it under Account and connection.',
  tooSlow: 'canceling statement due to statement timeout',
  tookTooLong: (ms: number) =>
    `The local workspace was stopped after ${ms / 1000} s of work on this. Nothing was changed.`,
  ended: 'The local workspace ended while it worked on this. It starts again with the next call.',
}
