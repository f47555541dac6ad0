import type { ByteSource } from '../byte-source'
import { inconclusive, type Parser } from '../context'
import { describeJavaClass, describePythonBytecode } from './bytecode'
import { describeElf } from './elf'
import { describeMachO } from './mach-o'
import { parseOle2 } from './ole2'
import { describePe } from './pe'
import type { Program } from './program'
import { parseTextShortcut, parseWindowsShortcut } from './shortcut'
import { describeWasm } from './wasm'

const named = (label: string) => (): Program => ({ label, detail: { type: 'program' } })

/** Formats that are programs; the header says which. The code itself is not examined. */
const PROGRAMS: Readonly<Record<string, (source: ByteSource) => Program>> = {
  'executable.elf': describeElf,
  'executable.pe': describePe,
  'executable.mach-o': describeMachO,
  'executable.wasm': describeWasm,
  'executable.java-class': describeJavaClass,
  'executable.dex': named('an Android program'),
  'executable.object-archive': named('an archive of object files'),
  'executable.rpm': named('an RPM package'),
  'executable.xar': named('a macOS installer package'),
  'executable.cabinet': named('a Windows cabinet'),
  'bytecode.python': describePythonBytecode,
  'bytecode.lua': named('compiled Lua'),
  'bytecode.llvm': named('LLVM bitcode'),
}

/** Content that opens a program or holds one, in formats of their own. */
const CARRIERS: Readonly<Record<string, Parser>> = {
  'launcher.windows-shortcut': parseWindowsShortcut,
  'launcher.text-shortcut': parseTextShortcut,
  ole2: parseOle2,
}

/** Endings of names that promise data: weights, documents, pictures, archives. */
const DATA_ENDING =
  /\.(bin|pt|pth|ckpt|pkl|pickle|joblib|np[yz]|onnx|safetensors|gg(uf|ml)|h5|hdf5|keras|pb|pbtxt|tflite|mlmodel|msgpack|weights|params|model|json|ya?ml|toml|txt|md|rst|[ct]sv|parquet|arrow|png|jpe?g|gif|webp|bmp|svg|ico|pdf|docx?|xlsx?|pptx?|html?|xml|log|dat|data|db|zip|tar|gz|tgz|7z|rar|mp[34]|wav)$/i
/** 'report.pdf.exe', or a name that shows its end in the middle (right-to-left override). */
const DECEIVING =
  /\.(pdf|docx?|xlsx?|txt|md|json|png|jpe?g|gif|zip|onnx|safetensors|pt)\s*\.(exe|scr|com|pif|dll|so|dylib)$|[\u202a-\u202e\u2066-\u2069]/i

/** Parser of a program or of what starts one; undefined for other formats. */
export function executableParser(format: string): Parser | undefined {
  const describe = PROGRAMS[format]
  return describe === undefined ? CARRIERS[format] : programParser(format, describe)
}

function programParser(format: string, describe: (source: ByteSource) => Program): Parser {
  return (source, context) => {
    const { label, detail } = describe(source)
    const kind = format.slice(format.indexOf('.') + 1)
    const disguised = DATA_ENDING.test(context.name) || DECEIVING.test(context.name)
    const fact = kind === 'wasm' ? 'webassembly.module' : disguised ? `disguised.${kind}` : format
    context.add({
      kind: 'content',
      name: fact,
      location: { offset: 0 },
      evidence: `${label}, ${source.size} bytes`,
      detail,
    })
    return inconclusive(`It is ${label}; programs are not examined further.`)
  }
}
