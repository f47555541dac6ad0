#!/usr/bin/env node
// The command line: `npm run -s cli -- scan FILE`, or the bin `prometheus-console`.
import { pathToFileURL } from 'node:url'
import { continueUnderProductNode, failWith, ROOT } from './runtime.mjs'
import { ensureInstalled } from './setup.mjs'

// 2 is "error"; 1 would be read as "something was found".
failWith(2)
ensureInstalled()
await continueUnderProductNode()
const { ensureBuilt } = await import('./build.mjs')
ensureBuilt()
await import(pathToFileURL(`${ROOT}/out/main/cli.js`).href)
