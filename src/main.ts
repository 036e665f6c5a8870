#!/usr/bin/env node
// As a namespace: an older Node refuses to link a name that it does not have, before a line of this file runs.
import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'

// Below 24: `engines` in package.json.
if (Number.parseInt(process.versions.node, 10) < 24) {
  process.stderr.write(`holdfast needs Node.js 24 or newer; this is ${process.version} (${process.execPath})\n`)
  process.exit(2)
}

// Reading and compiling the program takes longer than judging a thousand manifests. The cache is kept where the program
// is, not in a folder that others can write to; where that cannot be written, there is none.
nodeModule.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/holdfast', import.meta.url)))

const { main } = await import('./composition.ts')
await main()
