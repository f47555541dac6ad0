import { type ByteSource, readBytes } from '../byte-source'
import { inconclusive, type Parser } from '../context'
import { headerOf } from './program'

/** CLSID of the root of Windows Installer packages: {000C1084-…}, and of patches: {000C1086-…}. */
const INSTALLERS: Readonly<Record<string, string>> = {
  '84100c0000000000c000000000000046': 'executable.windows-installer',
  '86100c0000000000c000000000000046': 'executable.windows-installer',
}
/** Names of streams are UTF-16; a macro project has this one (MS-OVBA 2.2.1). */
const MACROS = Buffer.from('_VBA_PROJECT', 'utf16le')
const WINDOW_BYTES = 1024 * 1024
const MOST_SEARCHED = 64 * WINDOW_BYTES

/** A compound file (MS-CFB): old Office documents and Windows Installer packages. */
export const parseOle2: Parser = (source, context) => {
  const installer = INSTALLERS[rootClass(source)]
  if (installer !== undefined)
    context.add({
      kind: 'content',
      name: installer,
      location: { offset: 0 },
      evidence: `a Windows Installer package, ${source.size} bytes`,
    })
  for (let offset = 0; offset < Math.min(source.size, MOST_SEARCHED); ) {
    context.checkpoint()
    const found = readBytes(source, offset, WINDOW_BYTES + MACROS.length).indexOf(MACROS)
    if (found !== -1) {
      context.add({
        kind: 'content',
        name: 'ole2.macros',
        location: { offset: offset + found },
        evidence: 'a project in Visual Basic for Applications',
      })
      break
    }
    offset += WINDOW_BYTES
  }
  return inconclusive(
    installer === undefined
      ? 'It is a compound file of Office or Windows; its streams are not read.'
      : 'It is a Windows Installer package; installers are not examined further.',
  )
}

/** Hex of the root entry's CLSID; the directory starts at the sector that offset 48 names. */
function rootClass(source: ByteSource): string {
  const { u16, u32 } = headerOf(readBytes(source, 0, 512))
  const shift = u16(30)
  if (shift !== 9 && shift !== 12) return ''
  return readBytes(source, (u32(48) + 1) * 2 ** shift + 80, 16).toString('hex')
}
