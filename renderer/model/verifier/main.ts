import './no-eval'
import type { PickedFile } from '@renderer/scan/target/walk-entries'
import { MOST_BYTES } from '@shared/model/dsse'
import { KeyId, readPem } from '@shared/model/keys'
import { MEASUREMENTS } from '@shared/model/measurement'
import type { Statement } from '@shared/model/statement'
import { verifyPassport } from '@shared/model/verify'
import { type Dropped, droppedFiles } from './dropped-files'
import { hashFiles, namedFor } from './given-files'
import { text } from './messages'
import { resultOf } from './result'
import { verifySignature } from './signature'

/** The one-file verifier: passport, files and key in, result out. Every input starts it anew. */
let passport: Uint8Array | null = null
let hashes: ReadonlyMap<string, string | null> = new Map()
let turn = 0

const byId = <T extends HTMLElement>(id: string, kind: new () => T): T => {
  const element = document.getElementById(id)
  if (element instanceof kind) return element
  throw new Error(`The page has no ${id}.`)
}
const result = byId('result', HTMLElement)
const status = byId('status', HTMLElement)
const keyField = byId('key', HTMLTextAreaElement)
const keyProblem = byId('key-problem', HTMLElement)

async function show(): Promise<void> {
  const mine = ++turn
  if (passport === null) return
  const trusted = trustedKeys()
  const options = {
    verifySignature,
    trusted: trusted ?? new Map(),
    onlyThese: trusted !== undefined,
    now: new Date(),
    registry: MEASUREMENTS,
    filesFor: (subject: Statement['subject']) =>
      hashes.size === 0 ? undefined : namedFor(subject, hashes),
  }
  const verified = await verifyPassport(passport, options)
  // Something else was dropped meanwhile.
  if (mine !== turn) return
  result.replaceChildren(resultOf(verified))
  status.textContent = ''
}

/** Undefined while nothing is named. What is named and is no key trusts nobody. */
function trustedKeys(): Map<string, string> | undefined {
  const written = keyField.value.trim()
  keyProblem.textContent = ''
  if (written === '') return undefined
  const id = KeyId.safeParse(written.replaceAll(/[\s:]/g, '').toLowerCase())
  const key = id.success ? id.data : readPem(written)?.keyId
  if (key === undefined) {
    keyProblem.textContent = text.keyWrong
    return new Map()
  }
  return new Map([[key, text.trustedKey]])
}

async function take({ files, unreadable }: Dropped): Promise<void> {
  const found = files.find(({ path }) => path.endsWith('.passport.json'))
  if (found !== undefined) await takePassport(found.file)
  await takeFiles(
    files.filter((one) => one !== found),
    unreadable,
  )
}

async function takePassport(file: File): Promise<void> {
  // One byte more than is read tells that it is too long.
  passport = new Uint8Array(await file.slice(0, MOST_BYTES + 1).arrayBuffer())
  await show()
}

async function takeFiles(
  files: readonly PickedFile[],
  unreadable: readonly string[] = [],
): Promise<void> {
  if (files.length + unreadable.length === 0) return
  const read = await hashFiles(files, (path, done) => {
    status.textContent = text.hashing(path, done, files.length)
  })
  // What was dropped and could not be read is not passed over.
  hashes = new Map([...read, ...unreadable.map((path) => [path, null] as const)])
  status.textContent = ''
  await show()
}

const picked = (list: FileList | null): PickedFile[] =>
  [...(list ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }))

for (const [id, run] of [
  ['passport-file', (files: PickedFile[]) => (files[0] ? takePassport(files[0].file) : null)],
  ['model-files', takeFiles],
  ['model-folder', takeFiles],
] as const) {
  const input = byId(id, HTMLInputElement)
  input.addEventListener('change', () => {
    void run(picked(input.files))
    // The same file again, after it was changed, is a change.
    input.value = ''
  })
}
keyField.addEventListener('input', () => void show())
for (const name of ['dragenter', 'dragover'])
  document.addEventListener(name, (event) => {
    event.preventDefault()
    document.body.classList.add('dragging')
  })
document.addEventListener('dragleave', (event) => {
  if (event.relatedTarget === null) document.body.classList.remove('dragging')
})
document.addEventListener('drop', (event) => {
  event.preventDefault()
  document.body.classList.remove('dragging')
  if (event.dataTransfer) void droppedFiles(event.dataTransfer).then(take)
})
