import { z } from 'zod'
import { FRAME_CHARACTERS } from './frame'

/**
 * A fact is what a parser saw in a file, before anybody judges it: an import, a call, a broken
 * header. Findings are a pure function of (rules, facts), so rules that are written later can be
 * run over stored facts without the bytes. Bump the version when a kind or a detail changes meaning.
 */
export const FACTS_VERSION = 2

export const FactKind = z.enum([
  'import', //     a global that unpickling resolves; name = 'module.qualified.name'
  'call', //       something unpickling calls; name = the callee, evidence = the call as Python
  'build', //      BUILD (setstate / setattr) on an import itself; name = that import
  'structure', //  an anomaly of a container or stream; name = 'zip.header-mismatch', 'pickle.truncated'
  'template', //   a construct in a chat template; name = 'attribute.__globals__', 'call.cycler', …
  'literal', //    a literal that carries a payload; name = 'nested-pickle', 'base64-pickle', …
  'code', //       what source code does; name = 'capability.…', 'flow.…', 'hidden.…', … (code-vocabulary.ts)
  'hook', //       a command or file that an installer or builder starts; name = 'hook.npm.postinstall', …
  'content', //    what some bytes are, where that matters by itself; name = 'executable.elf', …
  'framework', //  evidence for a framework; name = 'pytorch', detail.confidence, evidence
  'member', //     a member of a container; name = its path; detail.bytes, .packedBytes, .method
  'metadata', //   a key of a header; name = the key; detail.value (cut)
  'tensor', //     a row of a tensor table; name = tensor name; detail.dtype, .shape, .bytes
])
export type FactKind = z.infer<typeof FactKind>

export const Location = z.object({
  /** Path inside the outer file; nested containers are joined with '!', e.g. 'inner.zip!data.pkl'. */
  member: z.string().optional(),
  /** Byte offset in the (decompressed) bytes of the file or member. */
  offset: z.number().int().nonnegative().optional(),
  /** Pickle opcode at that offset, e.g. 'STACK_GLOBAL'. */
  opcode: z.string().optional(),
  /** 1-based line, for text. */
  line: z.number().int().positive().optional(),
  /** 1-based column in UTF-16 code units, for text. */
  column: z.number().int().positive().optional(),
})
export type Location = z.infer<typeof Location>

/** The lines around a place in a text, so that a report shows code without the file. */
export const CodeFrame = z.object({
  /** Number of the first line, 1-based. */
  firstLine: z.number().int().positive(),
  lines: z.array(z.string().max(FRAME_CHARACTERS)).min(1).max(9),
})
export type CodeFrame = z.infer<typeof CodeFrame>

/** One step on the way of a value from where it comes from to where it acts. */
export const EvidenceStep = z.object({
  role: z.enum(['source', 'step', 'sink']),
  /** What happens here, in a few words: 'reads process.env', 'decodes Base64', 'calls eval'. */
  label: z.string().max(200),
  /** The expression, cut. */
  text: z.string().max(FRAME_CHARACTERS),
  line: z.number().int().positive(),
  column: z.number().int().positive(),
  /** Another file of the same scan, where the way crosses files; relative to the same root. */
  file: z.string().max(1024).optional(),
})
export type EvidenceStep = z.infer<typeof EvidenceStep>

export const Fact = z.object({
  kind: FactKind,
  name: z.string().max(1024),
  location: Location,
  /** A short excerpt a person can read: a decompiled call, a hex dump, a template snippet. */
  evidence: z.string().max(4096).optional(),
  /** How often the same (kind, name, evidence) was seen in this member; absent means once. */
  count: z.number().int().positive().optional(),
  frame: CodeFrame.optional(),
  /** From source to sink, in the order in which it runs; at most twelve steps. */
  path: z.array(EvidenceStep).max(12).optional(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
})
export type Fact = z.infer<typeof Fact>
