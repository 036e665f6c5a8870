import { cloudFormats } from './cloud.ts'
import { developmentFormats } from './development.ts'
import type { TokenFormat } from './format.ts'
import { messagingFormats } from './messaging.ts'
import { modelFormats } from './models.ts'
import { monitoringFormats } from './monitoring.ts'
import { serviceFormats } from './services.ts'

/** Every token format that is recognised. */
export const tokenFormats: readonly TokenFormat[] = [
  ...cloudFormats,
  ...developmentFormats,
  ...messagingFormats,
  ...modelFormats,
  ...monitoringFormats,
  ...serviceFormats,
]
