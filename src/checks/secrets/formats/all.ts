import { cloudFormats } from './cloud.ts'
import { communicationFormats } from './communication.ts'
import { databaseFormats } from './databases.ts'
import { developmentFormats } from './development.ts'
import type { TokenFormat } from './format.ts'
import { inferenceFormats } from './inference.ts'
import { messagingFormats } from './messaging.ts'
import { modelFormats } from './models.ts'
import { monitoringFormats } from './monitoring.ts'
import { observationFormats } from './observation.ts'
import { paymentFormats } from './payments.ts'
import { pipelineFormats } from './pipelines.ts'
import { platformFormats } from './platforms.ts'
import { serviceFormats } from './services.ts'

/** Every token format that is recognised. */
export const tokenFormats: readonly TokenFormat[] = [
  ...cloudFormats,
  ...communicationFormats,
  ...databaseFormats,
  ...developmentFormats,
  ...inferenceFormats,
  ...messagingFormats,
  ...modelFormats,
  ...monitoringFormats,
  ...observationFormats,
  ...paymentFormats,
  ...pipelineFormats,
  ...platformFormats,
  ...serviceFormats,
]
