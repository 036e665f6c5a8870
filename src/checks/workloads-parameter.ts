import { isObject, type JsonObject, member } from '../kubernetes/json.ts'
import { type WorkloadTable, workloadTable } from '../kubernetes/workloads.ts'

/** The JSON Schema of the parameter `workloads`, which the checks about data share. */
export const workloadsSchema: JsonObject = {
  type: 'object',
  description:
    'Directories that hold data, by image pattern, over the known ones: an empty list for images that keep nothing.',
  additionalProperties: { type: 'array', items: { type: 'string', pattern: '^/' } },
  default: {},
}

/** The known systems with those of the parameter `workloads` in front. */
export function workloadsOf(parameters: JsonObject): WorkloadTable {
  const overrides = member(parameters, 'workloads')
  return workloadTable(isObject(overrides) ? overrides : undefined)
}
