// Examples of every rule, one file a pack: resources/rules/examples/<pack>.json.
import { codeCapabilities } from './code-capabilities'
import { codeFlows } from './code-flows'
import { codeThreats } from './code-threats'
import { config } from './config'
import { containers } from './containers'
import { contents } from './content'
import type { PackExamples } from './draft'
import { ggufTar } from './gguf-tar'
import { onnxRules } from './onnx'
import { pickles } from './pickle'
import { programRules } from './programs'
import { templates } from './templates'
import { tensorflowRules } from './tensorflow'

export const RULE_EXAMPLES: Record<string, PackExamples> = {
  code: { ...codeCapabilities, ...codeFlows, ...codeThreats },
  config,
  containers,
  content: contents,
  'gguf-tar': ggufTar,
  graphs: { ...onnxRules, ...tensorflowRules, ...programRules },
  pickle: pickles,
  templates,
}
