import { accessModesSupported } from './access-modes.ts'
import { claimCanBind } from './can-bind/check.ts'
import type { Check } from './check.ts'
import { hostPaths } from './host-paths.ts'
import { manifestValid } from './manifest-valid/check.ts'
import { configMapSecrets } from './secrets/check.ts'
import { parameterSecrets } from './secrets/parameters.ts'
import { podSecrets } from './secrets/pod.ts'
import { claimStorageClass } from './storage-class.ts'
import { volumeHostPath } from './volume-host-path.ts'

/** Every check that rules can name in `assert.check`, by name. */
export const checks: readonly Check[] = [
  accessModesSupported,
  claimCanBind,
  claimStorageClass,
  hostPaths,
  manifestValid,
  configMapSecrets,
  parameterSecrets,
  podSecrets,
  volumeHostPath,
]
