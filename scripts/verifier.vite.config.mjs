// The verifier of passports as one HTML file without any network: script and style are inlined, and
// its own Content-Security-Policy names their hashes. The same bytes for everybody, so that a buyer
// can compare them. Called by scripts/build.mjs.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const root = resolve(import.meta.dirname, '..')
const source = (path) => readFileSync(resolve(root, path), 'utf8')
const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Puts the built script and the styles into the page; nothing else is written. */
const oneFile = {
  name: 'one-file',
  generateBundle(_, bundle) {
    const [entry, ...others] = Object.values(bundle)
    if (entry?.type !== 'chunk' || others.length > 0)
      throw new Error('The verifier has to be one script and nothing beside it.')
    delete bundle[entry.fileName]
    // Inside of strings only; either would end or hide the script.
    const script = entry.code.trim().replaceAll(/<\/(?=script)/gi, '<\\/')
    if (script.includes('<!--'))
      throw new Error('The verifier has a comment of HTML in its script.')
    const style = ['renderer/app/tokens.css', 'renderer/model/verifier/style.css']
      .map((path) => source(path).replaceAll(/\/\*[\s\S]*?\*\/\n?/g, ''))
      .join('')
    const policy = [
      "default-src 'none'",
      `script-src ${hash(script)}`,
      `style-src ${hash(style)}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
    ].join('; ')
    const parts = {
      policy: `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
      style: `<style>${style}</style>`,
      script: `<script>${script}</script>`,
    }
    this.emitFile({
      type: 'asset',
      fileName: 'passport-verifier.html',
      source: source('renderer/model/verifier/index.html').replaceAll(
        /<!-- (policy|style|script) -->/g,
        (_, part) => parts[part],
      ),
    })
  },
}

export default defineConfig({
  root,
  publicDir: false,
  resolve: {
    alias: { '@shared': resolve(root, 'shared'), '@renderer': resolve(root, 'renderer') },
  },
  build: {
    target: 'es2022',
    outDir: resolve(root, 'out/verifier'),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: resolve(root, 'renderer/model/verifier/main.ts'),
      output: { format: 'iife', entryFileNames: 'verifier.js' },
    },
  },
  plugins: [oneFile],
})
