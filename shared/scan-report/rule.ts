import { z } from 'zod'
import { FactKind } from './fact'
import { Severity } from './report'

/**
 * Rules are data (resources/rules/*.json). A rule fires on facts whose name matches a pattern.
 *
 * Patterns are dotted names. A segment is literal, `*` (one segment), `**` (any number, also none),
 * `(A|B)` (one of these), `<Class>` (one segment that starts with a capital letter, perhaps after
 * underscores) or `<OwnClass>` (such a segment that begins with the name of its module).
 */
export const Rule = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'an id looks like pickle.command-execution'),
  title: z.string().min(3),
  severity: Severity,
  /** 0..1: how sure we are that a match is what the title says. */
  confidence: z.number().min(0).max(1),
  category: z.enum([
    'code-execution',
    'file-access',
    'network',
    'obfuscation',
    'parser-disagreement',
    'resource-exhaustion',
    'integrity',
    'information',
  ]),
  cwe: z.array(z.string().regex(/^CWE-\d+$/)),
  cve: z.array(z.string().regex(/^(CVE-\d{4}-\d+|GHSA(-[0-9a-z]{4}){3})$/)),
  match: z.strictObject({
    kinds: z.array(FactKind).min(1),
    names: z.array(z.string().min(1)).optional(),
    /** Fires on every fact of these kinds that no list named here and no other rule covers. */
    unlessListed: z.array(z.string()).optional(),
    /** Only calls with detail.constructs: a constructor is run on arguments the file chooses. */
    constructs: z.literal(true).optional(),
  }),
  /** Severity when the name is only imported, never called, in that member. */
  importedOnly: Severity.optional(),
  /** The sentence of what happens when the file is loaded. {name} and {evidence} are filled in. */
  message: z.string().min(10),
  why: z.string().min(10),
  fix: z.string().min(10),
  references: z.array(z.url({ protocol: /^https$/ })),
})
export type Rule = z.infer<typeof Rule>

export const RulePack = z.strictObject({
  pack: z.string().regex(/^[a-z0-9-]+$/),
  /** Calendar version of this pack, e.g. '2026.11.1'. */
  version: z.string().regex(/^\d{4}\.\d{1,2}\.\d{1,3}$/),
  description: z.string(),
  /** Named sets of patterns, e.g. what ML frameworks need; other packs may name them too. */
  lists: z.record(z.string().regex(/^[a-z0-9-]+$/), z.array(z.string().min(1))).default({}),
  rules: z.array(Rule),
})
export type RulePack = z.infer<typeof RulePack>
