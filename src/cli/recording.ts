import type { Decision } from '../engine/decide.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { Metrics } from '../telemetry/metrics.ts'

/** Counts what decisions rest on, and logs rules that could not be evaluated; gives back the answer. */
export function recorder(logger: Logger, metrics: Metrics): (decision: Decision) => Decision['response'] {
  return ({ response, findings }) => {
    for (const { policy, rule, action, effect, result, message } of findings) {
      metrics.decided({ policy, action, effect })
      if (result === 'error') {
        metrics.policyFailed(policy)
        logger.error({ policy, rule, violation: message }, 'rule could not be evaluated')
      }
    }
    return response
  }
}
