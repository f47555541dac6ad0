import { describe, expect, test } from 'vitest'
import { scanBytes } from '../../../../fixtures/scan-bytes'

const scan = (text: string, name = 'x.js') => scanBytes(Buffer.from(text), { name })
const worst = (text: string) =>
  scan(text).findings.filter(({ severity }) => /medium|high|critical/.test(severity))

const LOOK_ALIKES: readonly [what: string, text: string][] = [
  ['a mention in a comment', '// eval(atob("Y29uc29sZS5sb2coMSk="))\nexport const a = 1'],
  [
    'a mention in a string',
    'const help = "never run eval(atob(x)) or curl https://a.example | sh"',
  ],
  ['the global object of a bundler', 'var g = Function("return this")(); g.answer = 42'],
  [
    'a wrapper for every module system',
    '!function(e,t){"object"==typeof exports?module.exports=t():e.lib=t()}(this,function(){return 1})',
  ],
  ['a build mode', 'if (process.env.NODE_ENV !== "production") console.warn("slow")'],
  ['an address from the environment', 'fetch(process.env.API_URL + "/items").then(r => r.json())'],
  [
    'the key of a service in a header for that service',
    'fetch("https://api.openai.com/v1/models", { headers: { Authorization: `Bearer ${process.env.OPENAI_API_KEY}` } })',
  ],
  [
    'a key in a header for a configured address',
    'fetch(process.env.BASE_URL, { headers: { authorization: "Bearer " + process.env.API_TOKEN } })',
  ],
  ['a constant command', 'require("child_process").execSync("git rev-parse HEAD").toString()'],
  [
    'a child with the same environment',
    'require("child_process").spawn("node", ["x.js"], { env: { ...process.env, A: "1" } })',
  ],
  [
    'WebAssembly from Base64',
    'const b = Buffer.from("AGFzbQEAAAA=", "base64"); WebAssembly.compile(b)',
  ],
  [
    'a template compiler',
    'export const compile = (source) => new Function("data", "return " + source)',
  ],
  [
    'the constructor of an asynchronous function',
    'const AsyncFunction = (async () => {}).constructor; export const run = (s) => new AsyncFunction(s)',
  ],
  ['a copy over a constructor', 'export const copy = (x) => new x.constructor(x.length)'],
  ['a polyfill', 'if (!Array.prototype.at) Array.prototype.at = function (i) { return this[i] }'],
  [
    'a token of a form in a header',
    'const t = document.cookie.match(/csrf=(\\w+)/)[1]; fetch("/save", { method: "POST", headers: { "X-CSRF-Token": t } })',
  ],
  [
    'a hook that measures how long modules take',
    "const M=require('module');const o=M._load;M._load=function(n){const s=performance.now();try{return o.apply(this,arguments)}finally{console.log(n,performance.now()-s)}}",
  ],
  [
    'a loader of another language',
    "require.extensions; const M=require('module'); M._extensions['.coffee']=(m,f)=>m._compile(compile(readFile(f)),f)",
  ],
  [
    'an update over the socket of a development server',
    'const socket = new WebSocket(`${protocol}://${location.host}/`); socket.addEventListener("message", ({ data }) => import(base + JSON.parse(data).path))',
  ],
  [
    'a virtual machine that links modules',
    'import { SourceTextModule } from "node:vm"; export const link = async (url) => new SourceTextModule(await (await fetch(url)).text(), { identifier: url })',
  ],
  [
    'an upload that a fixed program converts',
    "const {createWriteStream}=require('fs');const {spawn}=require('child_process');require('http').createServer((req,res)=>{req.pipe(createWriteStream('/tmp/input.webm'));spawn('ffmpeg',['-i','/tmp/input.webm','/tmp/output.mp4'])})",
  ],
  ['a shortcut', 'document.addEventListener("keydown", (e) => { if (e.key === "s") save() })'],
  ['the look-up of the own host', 'require("dns").lookup(require("os").hostname(), () => {})'],
  ['a removal of a build folder', 'require("fs").rmSync("dist", { recursive: true, force: true })'],
  [
    'a script tag of a page',
    'const s = document.createElement("script"); s.src = "https://cdn.example/a.js"; document.head.append(s)',
  ],
  ['a server on this computer', 'fetch("http://127.0.0.1:8080/health")'],
  [
    'a download to a file',
    'const r = await fetch("https://a.example/w.bin"); require("fs").writeFileSync("w.bin", Buffer.from(await r.arrayBuffer()))',
  ],
  ['closed directional marks', 'const a = "\u2067\u05d0\u05d1\u2069 text"'],
  [
    'a bundle in which every module is text',
    'eval("var a = 1; module.exports = a //# sourceURL=webpack://x")',
  ],
]

describe('a look-alike in JavaScript', () => {
  test.each(LOOK_ALIKES)('%s raises no alarm', (_, text) => {
    expect(worst(text)).toEqual([])
  })

  test('a capability alone is no more than information', () => {
    const found = scan('require("child_process").exec("git status")')
    expect(found.names('code')).toContain('capability.process')
    expect(found.verdict).toBe('clean')
  })
})

describe('the grammar', () => {
  test.each([
    ['a hash-bang', '#!/usr/bin/env node\nconsole.log(1)'],
    ['await at the top', 'await import("./x.js")'],
    ['return at the top', 'if (a) return\nb()'],
    ['JSX', 'export const A = () => <div {...p}>{x}</div>'],
    [
      'TypeScript',
      'interface A { b: string }\nexport const f = <T,>(a: A): T => a as unknown as T\nenum E { X = 1 }',
    ],
    ['TSX', 'export const A = ({ x }: { x: string }) => <p>{x as string}</p>'],
    ['sloppy mode', 'with (a) { b = 010 }'],
    [
      'signatures',
      'declare function f(): void\nabstract class A { abstract m(): void }\nexport default A',
    ],
  ])('%s is read to the end', (_, text) => {
    expect(scan(text)).toMatchObject({ status: 'complete', reason: null })
  })

  test('a syntax error ends inconclusive with its place, and the rest is read', () => {
    const found = scan('const a = 1\nlet = = 3\neval(atob("Y29uc29sZS5sb2coMSk="))\n')
    expect(found.status).toBe('inconclusive')
    expect(found.reason).toMatch(/line 2, column \d+/)
    expect(found.names('code')).toContain('flow.decoded.eval')
  })

  test.each([
    ['brackets', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['calls', `${'f('.repeat(20_000)}${')'.repeat(20_000)}`],
    ['blocks', `${'{'.repeat(20_000)}${'}'.repeat(20_000)}`],
  ])('%s nested without end are inconclusive', (_, text) => {
    expect(scan(text).status).toBe('inconclusive')
  })

  test('a sum of thousands of terms is folded', () => {
    const text = `globalThis[${[...'eval'].map((c) => `'${c}'`).join('+')}](1)\nconst s = ${"'a'+".repeat(1500)}'b'`
    expect(scan(text).names('code')).toContain('capability.eval')
  })
})
