import { globMatches } from '../kubernetes/glob.ts'
import { asArray, asString, at, type JsonObject, member } from '../kubernetes/json.ts'
import { type ClaimClass, claimClass, volumeClassName, volumesForClass } from '../kubernetes/storage-class.ts'
import type { Check, CheckContext, CheckFinding } from './check.ts'

interface Parameters {
  readonly require: boolean
  readonly allowed: readonly string[]
  readonly denied: readonly string[]
  readonly fallback: string
}

/**
 * Judges which class a claim uses, as Kubernetes resolves it: one finding at most, at the field that decides.
 * In this order: no class at all, a class that is not permitted, a class that does not exist.
 */
export const claimStorageClass: Check = {
  name: 'claimStorageClass',
  description: 'Reports a claim whose class is missing, not permitted, or does not exist.',
  parameters: {
    type: 'object',
    properties: {
      require: {
        type: 'boolean',
        description: 'Whether a class must be named even where the default class is unknown.',
        default: false,
      },
      allowed: globs('Names of classes that may be used (* and ? as wildcards; "" is static binding); none: all.'),
      denied: globs('Names of classes that may not be used.'),
      fallback: {
        type: 'string',
        description: 'The class to put in where none or none of the permitted is named.',
        default: '',
      },
    },
  },
  evaluate(parameters, claim, context) {
    const settings = settingsOf(parameters)
    const claimed = claimClass(claim, context.inventory)
    if (claimed.source === 'none') return unnamed(claimed, settings, claim, context)
    if (!claimed.known) return []
    if (!isPermitted(claimed.name, settings)) return [notPermitted(claimed, settings, context)]
    return missing(claimed, settings, context)
  },
}

function globs(description: string): JsonObject {
  return { type: 'array', description, items: { type: 'string' }, default: [] }
}

function settingsOf(parameters: JsonObject): Parameters {
  return {
    require: member(parameters, 'require') === true,
    allowed: texts(parameters, 'allowed'),
    denied: texts(parameters, 'denied'),
    fallback: asString(member(parameters, 'fallback')) ?? '',
  }
}

function texts(parameters: JsonObject, key: string): readonly string[] {
  return asArray(member(parameters, key)).filter((item) => typeof item === 'string')
}

/** Without a class and without a default, a claim waits for a volume without a class, which nobody may ever make. */
function unnamed(
  claimed: ClaimClass,
  settings: Parameters,
  claim: JsonObject,
  context: CheckContext,
): readonly CheckFinding[] {
  if (!settings.require && (!claimed.known || bindsWithoutClass(claim, context))) return []
  const problem = claimed.known ? '{{field}} is not set and there is no default class' : '{{field}} is not set'
  return [
    {
      path: claimed.path,
      problem: `${problem}${choices(settings, context)}`,
      remedy: 'name a class in {{field}}',
      ...repair(settings, context),
    },
  ]
}

function bindsWithoutClass(claim: JsonObject, { inventory }: CheckContext): boolean {
  return (at(claim, 'spec', 'volumeName') ?? '') !== '' || volumesForClass('', claim, inventory).length > 0
}

function notPermitted(claimed: ClaimClass, settings: Parameters, context: CheckContext): CheckFinding {
  const name = JSON.stringify(claimed.name)
  const isDefault = claimed.source === 'default'
  return {
    path: claimed.path,
    problem: `{{field}} is ${isDefault ? `not set and the default class is ${name}` : name}${
      choices(settings, context) || '; that class is not allowed'
    }`,
    ...(isDefault ? {} : { actual: claimed.name }),
    remedy: 'use a class that is allowed, or ask the platform team for an exception',
    ...repair(settings, context),
  }
}

/**
 * A name without a StorageClass is a mistake, or the made-up name of volumes that somebody prepares ("manual"). It
 * passes where a volume with that name is known. Where not all volumes are known it is reported all the same, because
 * a misspelt class is the usual case, and the remedy names the other one.
 */
function missing(claimed: ClaimClass, settings: Parameters, context: CheckContext): readonly CheckFinding[] {
  const { inventory } = context
  if (claimed.static || claimed.object !== undefined || !inventory.isComplete('StorageClass')) return []
  if (inventory.list('PersistentVolume').some((volume) => volumeClassName(volume) === claimed.name)) return []
  const prepared = inventory.isComplete('PersistentVolume') ? '' : ', or prepare a PersistentVolume of that class name'
  return [
    {
      path: claimed.path,
      problem: `{{field}} is ${JSON.stringify(claimed.name)}${choices(settings, context) || '; there are no classes here'}`,
      actual: claimed.name,
      remedy: `use a class that exists${prepared}`,
    },
  ]
}

const listed = 10

/** What may be used instead: the known classes that are permitted, else the patterns as they are; '' where neither is. */
function choices(settings: Parameters, { inventory }: CheckContext): string {
  const known = inventory
    .list('StorageClass')
    .map((storageClass) => asString(at(storageClass, 'metadata', 'name')) ?? '')
    .filter((name) => name !== '' && isPermitted(name, settings))
    .sort()
  if (known.length === 0) return settings.allowed.length === 0 ? '' : `; allowed are ${quoted(settings.allowed)}`
  const restricted = settings.allowed.length > 0 || settings.denied.length > 0
  return `; classes ${restricted ? 'allowed ' : ''}here are ${quoted(known)}`
}

function quoted(names: readonly string[]): string {
  const more = names.length > listed ? `, +${names.length - listed} more` : ''
  return `${names
    .slice(0, listed)
    .map((name) => JSON.stringify(name))
    .join(', ')}${more}`
}

function isPermitted(name: string, { allowed, denied }: Parameters): boolean {
  const matches = (pattern: string): boolean => globMatches(pattern, name)
  return (allowed.length === 0 || allowed.some(matches)) && !denied.some(matches)
}

/** The fallback, unless it would only be the next violation. */
function repair(settings: Parameters, { inventory }: CheckContext): { readonly repair?: string } {
  const { fallback } = settings
  if (fallback === '' || !isPermitted(fallback, settings)) return {}
  const absent = inventory.isComplete('StorageClass') && inventory.get('StorageClass', '', fallback) === undefined
  return absent ? {} : { repair: fallback }
}
