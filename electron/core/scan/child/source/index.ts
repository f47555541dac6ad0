import { CONFIG_PARSERS } from '../config'
import type { Parser } from '../context'
import { parseJavaScript } from './javascript'
import { parseNotebook, parsePython } from './python'
import { parseDockerfile, parseMakefile, parseShell } from './shell'

export { analyseJsonConfig } from '../config/json-config'

/** Parsers of source code by format; loaded when the first file of such a format is met. */
export const SOURCE_PARSERS = {
  javascript: parseJavaScript,
  typescript: parseJavaScript,
  python: parsePython,
  notebook: parseNotebook,
  shell: parseShell,
  dockerfile: parseDockerfile,
  makefile: parseMakefile,
  ...CONFIG_PARSERS,
} satisfies Record<string, Parser>

export const isSourceFormat = (format: string): format is keyof typeof SOURCE_PARSERS =>
  Object.hasOwn(SOURCE_PARSERS, format)
