import type { Profile } from '../policy/action.ts'
import { foldedJson } from '../report/folded-json.ts'

/** Where Holdfast is published: what generated files refer to, at the tag of the version that writes them. */
const repository = 'holdfast-dev/holdfast'

/** The systems of continuous integration that `holdfast init` writes a file for. */
export const pipelines = ['github', 'gitlab'] as const
export type Pipeline = (typeof pipelines)[number]

/** A file that a repository starts with. */
export interface StarterFile {
  /** Relative to the folder. */
  readonly path: string
  readonly text: string
  /** What a file that is there already needs to have; undefined: nothing. */
  readonly addition: string | undefined
}

/** `holdfast.json` as it starts: what holds anyway, written down in the places where it is changed. */
export function configurationFile(profile: Profile, version: string): StarterFile {
  const document = {
    $schema: `https://raw.githubusercontent.com/${repository}/v${version}/src/policy/config.schema.json`,
    profile,
    exemptNamespaces: ['kube-system', 'holdfast-system'],
    policies: { 'claim-storage-class': { parameters: { allowed: [] } } },
    exceptions: [],
  }
  return { path: 'holdfast.json', text: `${foldedJson(document)}\n`, addition: undefined }
}

/** What has pre-commit (https://pre-commit.com) judge the manifests of a commit. */
export function preCommitFile(version: string): StarterFile {
  const hook = `  - repo: https://github.com/${repository}
    rev: v${version}
    hooks:
      - id: holdfast-check
`
  return { path: '.pre-commit-config.yaml', text: `repos:\n${hook}`, addition: hook }
}

/** What has a pipeline judge the manifests of a change. */
export function pipelineFile(pipeline: Pipeline, version: string): StarterFile {
  switch (pipeline) {
    case 'github':
      return { path: '.github/workflows/holdfast.yml', text: githubWorkflow(version), addition: undefined }
    case 'gitlab': {
      const text = `include:
  - remote: https://raw.githubusercontent.com/${repository}/v${version}/ci/gitlab/holdfast.yml
`
      return { path: '.gitlab-ci.yml', text, addition: text }
    }
    default:
      return pipeline satisfies never
  }
}

function githubWorkflow(version: string): string {
  return `name: Holdfast
on:
  pull_request:
  push:
    branches: [main, master]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: ${repository}@v${version}
        with:
          paths: .
`
}

/** Whether a file refers to Holdfast already. */
export function mentionsHoldfast(text: string): boolean {
  return text.includes(repository)
}
