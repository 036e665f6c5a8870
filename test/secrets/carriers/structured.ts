import type { Content, SettingCarrier } from '../generator/document.ts'
import type { Random } from '../generator/random.ts'
import { bySection, flatName, leafName, type Setting, type Style, styles } from '../generator/setting.ts'
import { literal, yamlScalar } from './quoting.ts'

const inner = ['camel', 'snake', 'kebab'] as const

/** Settings as a YAML document whose sections are mappings within mappings. */
export function yamlDocument(settings: readonly Setting[], random: Random, step = '  '): string {
  const style = random.pick(inner)
  const quote = random.pick(['"', "'"] as const)
  return treeLines(
    settings,
    (setting, indent) => `${indent}${leafName(setting, style)}: ${yamlScalar(setting.value, quote)}`,
    step,
  )
}

/** Writes sections as an outline; a section that another one begins with is written once. */
function treeLines(
  settings: readonly Setting[],
  line: (setting: Setting, indent: string) => string,
  step: string,
): string {
  const lines: string[] = []
  let open: readonly string[] = []
  for (const [section, members] of [...bySection(settings)].toSorted(([left], [right]) => (left < right ? -1 : 1))) {
    const path = section === '' ? [] : section.split('.')
    const shared = path.findIndex((part, index) => open[index] !== part)
    for (let depth = shared < 0 ? path.length : shared; depth < path.length; depth += 1) {
      lines.push(`${step.repeat(depth)}${path[depth]}:`)
    }
    lines.push(...members.map((member) => line(member, step.repeat(path.length))))
    open = path
  }
  return `${lines.join('\n')}\n`
}

type Tree = { [name: string]: string | Tree }

/** Settings as an object of objects, as JSON files have them. */
export function settingTree(settings: readonly Setting[], style: Style): Tree {
  const root: Tree = {}
  for (const { group, words, value } of settings) {
    let node = root
    for (const part of group) {
      const known = node[part]
      const next: Tree = typeof known === 'object' ? known : {}
      node[part] = next
      node = next
    }
    node[styles[style](words)] = value
  }
  return root
}

const file = (name: string, text: string): Content => ({ data: { [name]: text } })

function json(settings: readonly Setting[], random: Random, indent: number): string {
  const text = JSON.stringify(settingTree(settings, random.pick(['camel', 'snake', 'pascal'] as const)), null, indent)
  return text.replaceAll(/: ?"(true|false|[1-9]\d{0,8})"/g, indent > 0 ? ': $1' : ':$1')
}

/** Formats that nest sections: YAML and JSON, whole, in several documents, in templates and broken. */
export const structuredCarriers: readonly SettingCarrier[] = [
  { carrier: 'yaml', write: (settings, random) => file('config.yaml', yamlDocument(settings, random)) },
  {
    carrier: 'yaml-deep',
    write: (settings, random) => {
      const deeper = settings.map((setting) => ({ ...setting, group: ['services', 'main', ...setting.group] }))
      return file('values.yaml', yamlDocument(deeper, random, '    '))
    },
  },
  {
    carrier: 'yaml-documents',
    write: (settings, random) => {
      const parts = [settings.slice(0, 3), settings.slice(3)].map((part) => yamlDocument(part, random))
      return file('all.yaml', parts.join('---\n'))
    },
  },
  {
    carrier: 'yaml-comments',
    write: (settings, random) => {
      const lines = yamlDocument(settings, random).trimEnd().split('\n')
      return file(
        'app.yml',
        `# Managed by the platform team\n${lines.map((line) => `${line}  # see the handbook`).join('\n')}\n`,
      )
    },
  },
  {
    carrier: 'yaml-tabs',
    write: (settings, random) => file('broken.yaml', `${yamlDocument(settings, random, '\t')}\t- ]unfinished\n`),
  },
  {
    carrier: 'yaml-windows',
    write: (settings, random) => file('config.yaml', yamlDocument(settings, random).replaceAll('\n', '\r\n')),
  },
  {
    carrier: 'yaml-flow',
    write: (settings, random) => {
      const quote = random.pick(['"', "'"] as const)
      const style = random.pick(inner)
      const lines = [...bySection(settings)].map(([section, members]) => {
        const pairs = members.map((member) => `${leafName(member, style)}: ${yamlScalar(member.value, quote)}`)
        return `${section === '' ? 'main' : section.replaceAll('.', '_')}: { ${pairs.join(', ')} }`
      })
      return file('flow.yaml', `${lines.join('\n')}\n`)
    },
  },
  {
    carrier: 'helm-template',
    write: (settings, random) => {
      const head = '{{- if .Values.enabled }}\n# Source: {{ .Chart.Name }}\n'
      const tail = 'replicas: {{ .Values.replicas | default 2 }}\n{{- end }}\n'
      return file('config.yaml.tpl', `${head}${yamlDocument(settings, random)}${tail}`)
    },
  },
  { carrier: 'json', write: (settings, random) => file('config.json', `${json(settings, random, 2)}\n`) },
  { carrier: 'json-line', write: (settings, random) => file('settings.json', json(settings, random, 0)) },
  {
    carrier: 'json-in-yaml',
    write: (settings, random) =>
      file('values.yaml', `app:\n  replicas: 2\n  config: ${JSON.stringify(json(settings, random, 0))}\n`),
  },
  {
    carrier: 'json-list',
    write: (settings) => {
      const items = settings.map((setting) => ({ name: flatName(setting, 'upper'), value: setting.value }))
      return file('task.json', `${JSON.stringify({ family: 'main', environment: items }, null, 2)}\n`)
    },
  },
  {
    carrier: 'json5',
    write: (settings, random) => {
      const lines = settings.map((setting) => `  ${flatName(setting, 'camel')}: ${literal(setting.value)},`)
      return file('config.json5', `// ${random.pick(['defaults', 'overrides'])}\n{\n${lines.join('\n')}\n}\n`)
    },
  },
]
