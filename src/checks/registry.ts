import { accessModesSupported } from './access-modes.ts'
import { claimCanBind } from './can-bind/check.ts'
import type { Check } from './check.ts'
import { durableState } from './durable-state.ts'
import { hostPaths } from './host-paths.ts'
import { manifestValid } from './manifest-valid/check.ts'
import { runtimeSockets } from './runtime-sockets.ts'
import { configMapSecrets } from './secrets/check.ts'
import { parameterSecrets } from './secrets/parameters.ts'
import { podSecrets } from './secrets/pod.ts'
import { weakPasswords } from './secrets/weak.ts'
import { sharedDatabase } from './shared-database.ts'
import { claimStorageClass } from './storage-class.ts'
import { volumeHostPath } from './volume-host-path.ts'

/** Every check that rules can name in `assert.check`, by name. */
export const checks: readonly Check[] = [
  accessModesSupported,
  claimCanBind,
  claimStorageClass,
  durableState,
  hostPaths,
  manifestValid,
  configMapSecrets,
  parameterSecrets,
  podSecrets,
  runtimeSockets,
  sharedDatabase,
  volumeHostPath,
  weakPasswords,
]
