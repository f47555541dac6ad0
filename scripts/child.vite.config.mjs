// One child process = one file, and chunks beside it that it loads when it needs them. Called by
// scripts/build.mjs per child; every file is checked by its SHA-256 before the child starts.
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const root = resolve(import.meta.dirname, '..')

export default defineConfig({
  root,
  publicDir: false,
  resolve: {
    alias: {
      '@shared': resolve(root, 'shared'),
      // The same code without the entry for Node, which loads worker_threads at start.
      fflate: 'fflate/browser',
    },
  },
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: resolve(root, process.env.CHILD_ENTRY ?? ''),
    target: 'node24',
    outDir: resolve(root, 'out/children'),
    emptyOutDir: false,
    rolldownOptions: {
      output: {
        format: 'es',
        entryFileNames: `${process.env.CHILD_NAME}.js`,
        chunkFileNames: `${process.env.CHILD_NAME}-[name].js`,
        // White space and comments only: half the bytes to compile, and stacks keep their names.
        minify: { compress: false, mangle: false, codegen: true },
      },
    },
  },
})
