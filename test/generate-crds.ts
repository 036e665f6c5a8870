import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { asObject, type JsonObject } from '../src/kubernetes/json.ts'
import configSchema from '../src/policy/config.schema.json' with { type: 'json' }
import policySchema from '../src/policy/policy.schema.json' with { type: 'json' }
import { type SchemaDocument, structural } from './support/structural-schema.ts'

/** Where the definitions of the custom resources are. */
export const crdFolder = join(import.meta.dirname, '../charts/holdfast/crds')

const group = 'policy.holdfast.dev'
const note = '# Generated from src/policy/*.schema.json by "node test/generate-crds.ts"; changes here are lost.\n'

// kubectl reads YAML 1.1, in which a bare off is false.
const yaml = { version: '1.1', lineWidth: 120, aliasDuplicateObjects: false } as const

interface Definition {
  readonly kind: string
  readonly plural: string
  readonly shortName: string
  readonly scope: 'Cluster' | 'Namespaced'
  readonly description: string
  readonly spec: JsonObject
  /** Columns of `kubectl get` before those that every kind has. */
  readonly columns: readonly JsonObject[]
}

/** A column of `kubectl get` that shows a text. */
function column(name: string, jsonPath: string): JsonObject {
  return { name, type: 'string', jsonPath }
}

const policies: SchemaDocument = policySchema
const configuration: SchemaDocument = configSchema

const exceptionSpec = structural({ $ref: '#/definitions/exception' }, configuration)

const exceptionColumns: readonly JsonObject[] = [
  column('Policy', '.spec.policy'),
  column('Owner', '.spec.owner'),
  column('Expires', '.spec.expires'),
]

const definitions: readonly Definition[] = [
  {
    kind: 'StoragePolicy',
    plural: 'storagepolicies',
    shortName: 'stpol',
    scope: 'Cluster',
    description: policySchema.description,
    spec: structural({ $ref: '#/definitions/spec' }, policies),
    columns: [
      column('Baseline', '.spec.action.baseline'),
      column('Strict', '.spec.action.strict'),
      column('Severity', '.spec.severity'),
    ],
  },
  {
    kind: 'StoragePolicyException',
    plural: 'storagepolicyexceptions',
    shortName: 'stpolex',
    scope: 'Namespaced',
    description: 'Who may break which policy until when, in the namespace it is in and nowhere else.',
    spec: inItsNamespace(exceptionSpec),
    columns: exceptionColumns,
  },
  {
    kind: 'ClusterStoragePolicyException',
    plural: 'clusterstoragepolicyexceptions',
    shortName: 'cstpolex',
    scope: 'Cluster',
    description: 'Who may break which policy until when, in the whole cluster.',
    spec: exceptionSpec,
    columns: exceptionColumns,
  },
]

/** Without a match it covers its whole namespace, which narrows it already. */
function inItsNamespace(spec: JsonObject): JsonObject {
  const properties = asObject(spec['properties'])
  const { minProperties: _least, ...match } = asObject(properties['match'])
  const required = Array.isArray(spec['required']) ? spec['required'].filter((name) => name !== 'match') : []
  const description = 'What it covers in its namespace; all of it by default. namespaces is of no effect.'
  return { ...spec, required, properties: { ...properties, match: { ...match, description } } }
}

const condition: JsonObject = {
  type: 'object',
  required: ['type', 'status', 'lastTransitionTime', 'reason', 'message'],
  properties: {
    type: { type: 'string', maxLength: 316 },
    status: { type: 'string', enum: ['True', 'False', 'Unknown'] },
    observedGeneration: { type: 'integer', format: 'int64', minimum: 0 },
    lastTransitionTime: { type: 'string', format: 'date-time' },
    reason: { type: 'string', minLength: 1, maxLength: 1024 },
    message: { type: 'string', maxLength: 32768 },
  },
}

const status: JsonObject = {
  type: 'object',
  description: 'What Holdfast made of it.',
  properties: {
    observedGeneration: {
      type: 'integer',
      format: 'int64',
      minimum: 0,
      description: 'The generation of the spec that this is about.',
    },
    lastApplied: {
      type: 'string',
      format: 'date-time',
      description: 'When a version of it was last put into force.',
    },
    conditions: {
      type: 'array',
      description: 'Accepted: whether it is in force, and why not.',
      items: condition,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
    },
  },
}

function definitionOf({ kind, plural, shortName, scope, description, spec, columns }: Definition): JsonObject {
  const accepted = '.status.conditions[?(@.type=="Accepted")]'
  const additionalPrinterColumns = [
    ...columns,
    column('Accepted', `${accepted}.status`),
    column('Reason', `${accepted}.reason`),
    { ...column('Message', `${accepted}.message`), priority: 1 },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ]
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope,
      names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase(), shortNames: [shortName] },
      versions: [
        {
          name: 'v1alpha1',
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              description,
              required: ['spec'],
              properties: {
                // A file that an editor completes can be applied as it is.
                $schema: { type: 'string' },
                apiVersion: { type: 'string' },
                kind: { type: 'string' },
                metadata: { type: 'object' },
                spec,
                status,
              },
            },
          },
        },
      ],
    },
  }
}

/** The definitions of the custom resources by their file names. */
export function crdFiles(): ReadonlyMap<string, string> {
  return new Map(
    definitions.map((definition) => [
      `${definition.plural}.${group}.yaml`,
      note + stringify(definitionOf(definition), yaml),
    ]),
  )
}

if (import.meta.main) {
  mkdirSync(crdFolder, { recursive: true })
  for (const [file, text] of crdFiles()) writeFileSync(join(crdFolder, file), text)
}
