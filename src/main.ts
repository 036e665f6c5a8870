#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Reading and compiling the program takes longer than judging a thousand manifests. The cache is kept where the program
// is, not in a folder that others can write to; where that cannot be written, there is none.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/holdfast', import.meta.url)))

const { main } = await import('./composition.ts')
await main()
