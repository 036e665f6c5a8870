import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/e2e/**/*.e2e.test.ts'],
    // Each suite runs an API server of its own; two at a time would only slow each other down.
    fileParallelism: false,
    testTimeout: 60_000,
    // The first start-up ever builds the control plane.
    hookTimeout: 20 * 60_000,
  },
})
