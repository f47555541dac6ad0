import { text } from './draft'

export const js = (note: string, source: string, file = 'index.js') =>
  text(file, note, `${source}\n`)
export const py = (note: string, source: string, file = 'model.py') =>
  text(file, note, `${source}\n`)
export const sh = (note: string, source: string, file = 'install.sh') =>
  text(file, note, `#!/bin/sh\n${source}\n`)
export const b64 = (source: string) => Buffer.from(source).toString('base64')
export const ECHO = 'echo harmless'
