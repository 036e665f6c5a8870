import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadAll } from 'js-yaml'
import { asArray, asString, at, isObject, type JsonObject, type JsonValue } from '../../src/kubernetes/json.ts'
import { provide, recipe } from './controlplane/build.ts'
import { type CommandOptions, type CommandResult, runCommand } from './controlplane/command.ts'

const repository = join(import.meta.dirname, '../..')

export const chartFolder = join(repository, 'charts/holdfast')
/** The namespace that the chart is rendered for. */
export const namespace = 'holdfast-system'

/** Files of values, one for each way to install. */
export const variants = readdirSync(join(chartFolder, 'ci')).map((file) => join(chartFolder, 'ci', file))

/** The custom resources' definitions, as files. */
export const definitions = readdirSync(join(chartFolder, 'crds')).map((file) => join(chartFolder, 'crds', file))

/** Runs the real helm, which is built when needed. */
export async function helm(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return runCommand(await provide(recipe('helm', '../helm', 'helm.sh/helm/v4/cmd/helm')), args, options)
}

/** The text that release `holdfast` is rendered to. */
export async function rendered(...flags: readonly string[]): Promise<string> {
  return (await helm(['template', 'holdfast', chartFolder, `--namespace=${namespace}`, ...flags])).stdout
}

/** The objects of a text with YAML documents. */
export function objectsOf(text: string): readonly JsonObject[] {
  return loadAll(text).filter(isObject)
}

/** The objects of a kind. */
export function ofKind(objects: readonly JsonObject[], ...kinds: readonly string[]): readonly JsonObject[] {
  return objects.filter((object) => kinds.includes(asString(object['kind']) ?? ''))
}

/** `webhook FAILUREPOLICY group/resource OPERATION` of each rule of webhook configurations, sorted. */
export function registrations(objects: readonly JsonObject[]): readonly string[] {
  const configurations = ofKind(objects, 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration')
  const webhooks = configurations.flatMap((configuration) => asArray(configuration['webhooks']))
  return webhooks
    .flatMap((webhook) => {
      const about = ['name', 'failurePolicy', 'matchPolicy', 'sideEffects', 'timeoutSeconds', 'reinvocationPolicy']
      const words = about.map((key) => JSON.stringify(at(webhook, key) ?? null)).join(' ')
      return asArray(at(webhook, 'rules')).map((rule) => `${words} ${JSON.stringify(sorted(rule))}`)
    })
    .sort()
}

/** `VERB group/resource`, with ` of NAME` where the right is for that object only; sorted. */
export function rights(objects: readonly JsonObject[], kind: 'ClusterRole' | 'Role'): readonly string[] {
  const rules = ofKind(objects, kind).flatMap((role) => asArray(role['rules']))
  return rules
    .flatMap((rule) => {
      const list = (key: string): readonly string[] => asArray(at(rule, key)).flatMap((item) => asString(item) ?? [])
      const names = list('resourceNames')
      const limit = names.length === 0 ? '' : ` of ${names.join(', ')}`
      return list('apiGroups').flatMap((group) =>
        list('resources').flatMap((resource) => list('verbs').map((verb) => `${verb} ${group}/${resource}${limit}`)),
      )
    })
    .sort()
}

/** The objects of the guide that registers a webhook by hand. */
export function guideConfiguration(): readonly JsonObject[] {
  return objectsOf(readFileSync(join(repository, 'docs/guide/webhook-configuration.yaml'), 'utf8'))
}

function sorted(value: JsonValue): JsonValue {
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
}
