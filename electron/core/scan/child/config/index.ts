import type { Parser } from '../context'
import { parseCmake, parseGroovy, parseMeson } from './build-script'
import { parseGyp } from './gyp'
import { parseHtml } from './html'
import { parseMdx } from './mdx'
import { parseRequirements } from './requirements'
import { parseSettings } from './settings'
import { parseSql } from './sql'
import { parseToml } from './toml'
import { parseXml } from './xml'
import { parseYaml } from './yaml'

/** Parsers of configuration by format; part of the lazy chunk with the parsers of source code. */
export const CONFIG_PARSERS = {
  yaml: parseYaml,
  toml: parseToml,
  settings: parseSettings,
  requirements: parseRequirements,
  gyp: parseGyp,
  html: parseHtml,
  mdx: parseMdx,
  xml: parseXml,
  sql: parseSql,
  groovy: parseGroovy,
  meson: parseMeson,
  cmake: parseCmake,
} satisfies Record<string, Parser>
