import { findingText } from '@renderer/scan/report/finding-text'
import { advisoryUrl, hostOf } from '@renderer/scan/report/links'
import { baseName, pickerRows } from '@renderer/scan/target/picker-entries'
import { targetOf } from '@renderer/scan/target/scan-again'
import type { FolderEntry } from '@shared/contract/files'
import { describe, expect, it } from 'vitest'
import { makeFinding } from './make'

const entry = (name: string, kind: FolderEntry['kind']): FolderEntry => ({
  name,
  path: `/m/${name}`,
  kind,
  bytes: null,
  modifiedAt: null,
})

describe('the folder picker', () => {
  const entries = [entry('old-models', 'folder'), entry('models', 'folder'), entry('m.bin', 'file')]

  it('filters by name, with names that begin with what was typed first', () => {
    const names = pickerRows(entries, 'MODEL', 'folder').map((row) => row.entry.name)
    expect(names).toEqual(['models', 'old-models'])
  })

  it('lets files be chosen only where files are asked for, and never follows links', () => {
    const usable = (want: 'folder' | 'files') =>
      pickerRows([...entries, entry('link', 'link')], '', want)
        .filter((row) => row.usable)
        .map((row) => row.entry.name)
    expect(usable('folder')).toEqual(['old-models', 'models'])
    expect(usable('files')).toEqual(['old-models', 'models', 'm.bin'])
  })

  it('names a folder by its last part, on every system', () => {
    expect(baseName('/models/vision/')).toBe('vision')
    expect(baseName('C:\\models\\vision')).toBe('vision')
  })
})

describe('scanning again', () => {
  it('takes the paths of before, or the samples', () => {
    expect(targetOf('paths', ['/m'])).toEqual({ kind: 'paths', paths: ['/m'] })
    expect(targetOf('command-line', ['/m'])).toEqual({ kind: 'paths', paths: ['/m'] })
    expect(targetOf('samples', [])).toEqual({ kind: 'samples' })
  })

  it('is not possible for an upload, whose bytes are deleted', () => {
    expect(targetOf('upload', ['model'])).toBeNull()
  })
})

describe('links to advisories', () => {
  it('lead to whoever assigned the number', () => {
    expect(advisoryUrl('CVE-2025-1716')).toBe('https://www.cve.org/CVERecord?id=CVE-2025-1716')
    expect(advisoryUrl('CWE-502')).toBe('https://cwe.mitre.org/data/definitions/502.html')
    expect(advisoryUrl('GHSA-655q-fx9r-782v')).toBe(
      'https://github.com/advisories/GHSA-655q-fx9r-782v',
    )
    expect(advisoryUrl('javascript:alert(1)')).toBeNull()
  })

  it('show where they lead', () => {
    expect(hostOf('https://www.example.org/a/b')).toBe('example.org/a/b')
  })
})

it('copies a finding as a text that stands on its own', () => {
  const text = findingText(makeFinding({ location: { member: 'data.pkl', offset: 16 } }), 'm.bin')
  expect(text).toContain('CRITICAL pickle.command-execution')
  expect(text).toContain('m.bin › data.pkl, byte 16 (0x10)')
  expect(text).toContain("    posix.system('echo')")
  expect(text).toContain('CWE-502')
})
