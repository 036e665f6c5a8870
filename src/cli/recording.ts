import { type AdmissionRequest, judgedObject } from '../admission/request.ts'
import { maxMessageBytes } from '../admission/review.ts'
import { cleanLines, truncateUtf8 } from '../admission/text.ts'
import type { Decision } from '../engine/decide.ts'
import { describeResource } from '../engine/message.ts'
import type { EventNotice } from '../kubernetes/event.ts'
import { gitOpsOwnerOf } from '../kubernetes/gitops-owner.ts'
import { referenceOf } from '../kubernetes/object.ts'
import type { Endpoint } from '../telemetry/admission-metrics.ts'
import type { Logger } from '../telemetry/logger.ts'
import type { PolicyMetrics } from '../telemetry/policy-metrics.ts'
import { noticeOf, outcomeOf } from './notices.ts'

/** Takes what people are to find in the cluster, without making anybody wait. */
export interface EventSink {
  publish(notice: EventNotice): void
  stop(): void
}

/** Where decisions are recorded. */
export interface Records {
  readonly logger: Logger
  readonly metrics: Pick<PolicyMetrics, 'decided' | 'policyFailed'>
  /** Whether each decision that is no plain allow gets a line in the log. */
  readonly decisionLog: boolean
  /** Undefined: no Events. */
  readonly events: Pick<EventSink, 'publish'> | undefined
}

/** A decision with what it is about. */
export interface Recorded {
  readonly endpoint: Endpoint
  readonly request: AdmissionRequest
  readonly decision: Decision
  /** How long it took to decide. */
  readonly milliseconds: number
}

/** Counts what decisions rest on, logs them, and passes them on as Events; gives back the answer. */
export function recorder(records: Records): (recorded: Recorded) => Decision['response'] {
  const { events, decisionLog } = records
  return (recorded) => {
    const { request, decision } = recorded
    // What nearly every request comes to.
    if (decision.findings.length === 0) return decision.response
    count(records, recorded)
    if (decisionLog) log(records.logger, recorded)
    const notice = events === undefined ? undefined : noticeOf(request, decision)
    if (notice !== undefined) events?.publish(notice)
    return decision.response
  }
}

function count({ logger, metrics }: Records, { request, decision }: Recorded): void {
  const { dryRun } = request
  for (const { policy, rule, action, effect, result, message, resource } of decision.findings) {
    const { kind, namespace } = resource
    metrics.decided({ policy, action, effect, kind, namespace, dryRun })
    if (result === 'error') {
      metrics.policyFailed(policy)
      logger.error({ policy, rule, violation: message }, 'rule could not be evaluated')
    }
  }
}

// An object may break thousands of rules; a line of the log is to be read.
const maxViolations = 25

const messages = { denied: 'request denied', repaired: 'request repaired', warned: 'request warned of' } as const

/** Who did what to which object, and what came of it. Nothing of the object itself but its name. */
function log(logger: Logger, { endpoint, request, decision, milliseconds }: Recorded): void {
  const outcome = outcomeOf(decision)
  const object = judgedObject(request)
  if (outcome === undefined || object === undefined) return
  const { response, findings } = decision
  const { apiVersion, kind, name } = referenceOf(object)
  const owner = gitOpsOwnerOf(object)
  const told = findings.filter(({ effect }) => effect !== 'none')
  logger.info(
    {
      endpoint,
      uid: request.uid,
      dryRun: request.dryRun,
      operation: request.operation,
      apiVersion,
      kind,
      namespace: request.namespace,
      name,
      user: request.userInfo.username,
      ...(owner === undefined ? {} : { owner: describeResource(owner) }),
      violations: told.length,
      policies: told
        .slice(0, maxViolations)
        .map(({ policy, rule, action, effect, path }) => ({ policy, rule, action, effect, path })),
      ...(response.allowed ? {} : { denial: truncateUtf8(cleanLines(response.message), maxMessageBytes) }),
      milliseconds: Math.round(milliseconds * 1000) / 1000,
    },
    messages[outcome],
  )
}
