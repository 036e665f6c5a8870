import { accessModesSupported } from './access-modes.ts'
import type { Check } from './check.ts'
import { hostPaths } from './host-paths.ts'
import { configMapSecrets } from './secrets/check.ts'
import { claimStorageClass } from './storage-class.ts'

/** Every check that rules can name in `assert.check`, by name. */
export const checks: readonly Check[] = [accessModesSupported, claimStorageClass, hostPaths, configMapSecrets]
