import type { Content, SettingCarrier } from '../generator/document.ts'
import type { Random } from '../generator/random.ts'
import { bySection, flatName, leafName, type Setting } from '../generator/setting.ts'
import { literal, shellWord, xmlText } from './quoting.ts'

const file = (name: string, text: string): Content => ({ data: { [name]: text } })

/** A carrier that writes a line for each setting. */
function lineByLine(
  carrier: string,
  name: string,
  line: (setting: Setting) => string,
  frame: readonly [head: string, tail: string] = ['', ''],
): SettingCarrier {
  const [head, tail] = frame
  return { carrier, write: (settings) => file(name, `${head}${settings.map(line).join('\n')}\n${tail}`) }
}

/** A carrier that writes a heading for each section and its settings below it. */
function inSections(
  carrier: string,
  name: string,
  heading: (section: string) => string,
  line: (setting: Setting) => string,
): SettingCarrier {
  const write = (settings: readonly Setting[]): Content =>
    file(
      name,
      [...bySection(settings)]
        .map(([section, members]) => `${heading(section === '' ? 'main' : section)}\n${members.map(line).join('\n')}\n`)
        .join('\n'),
    )
  return { carrier, write }
}

function hcl(settings: readonly Setting[], random: Random): string {
  const blocks = [...bySection(settings)].map(([section, members]) => {
    const lines = members.map(
      (member) => `  ${leafName(member, 'snake').padEnd(random.pick([0, 20]))} = ${literal(member.value)}`,
    )
    return `${section === '' ? 'main' : section.replaceAll('.', '_')} {\n${lines.join('\n')}\n}\n`
  })
  return blocks.join('\n')
}

/** Properties, environment files, INI, TOML, XML, HCL and the data of a ConfigMap itself. */
export const flatCarriers: readonly SettingCarrier[] = [
  lineByLine(
    'properties',
    'application.properties',
    (setting) => `${flatName({ ...setting, words: [leafName(setting, 'kebab')] }, 'dotted')}=${setting.value}`,
  ),
  lineByLine(
    'properties-spaced',
    'app.properties',
    (setting) => `${flatName({ ...setting, words: [leafName(setting, 'camel')] }, 'dotted')} = ${setting.value}`,
    ['# Settings of the application\n', ''],
  ),
  lineByLine('properties-colon', 'service.properties', (setting) => `${flatName(setting, 'dotted')}: ${setting.value}`),
  lineByLine('env-file', 'app.env', (setting) => `${flatName(setting, 'upper')}=${setting.value}`),
  lineByLine('env-quoted', '.env', (setting) => `${flatName(setting, 'upper')}="${setting.value}"`, ['# local\n', '']),
  lineByLine(
    'env-export',
    'environment.sh',
    (setting) => `export ${flatName(setting, 'upper')}=${shellWord(setting.value)}`,
  ),
  lineByLine(
    'compose-list',
    'docker-compose.yml',
    (setting) => `      - ${flatName(setting, 'upper')}=${setting.value}`,
    ['services:\n  web:\n    image: nginx:1.27\n    environment:\n', ''],
  ),
  lineByLine(
    'container-env',
    'pod.yaml',
    (setting) => `        - name: ${flatName(setting, 'upper')}\n          value: ${JSON.stringify(setting.value)}`,
    ['spec:\n  containers:\n    - name: main\n      env:\n', ''],
  ),
  lineByLine('systemd', 'main.service', (setting) => `Environment="${flatName(setting, 'upper')}=${setting.value}"`, [
    '[Service]\nExecStart=/usr/bin/main\n',
    'Restart=always\n',
  ]),
  lineByLine('dockerfile', 'Dockerfile', (setting) => `ENV ${flatName(setting, 'upper')}=${shellWord(setting.value)}`, [
    'FROM alpine:3.20\n',
    'CMD ["/main"]\n',
  ]),
  inSections(
    'ini',
    'app.ini',
    (section) => `[${section}]`,
    (setting) => `${leafName(setting, 'snake')} = ${setting.value}`,
  ),
  inSections(
    'ini-tight',
    'app.cfg',
    (section) => `[${section}]`,
    (setting) => `${leafName(setting, 'kebab')}=${setting.value}`,
  ),
  inSections(
    'toml',
    'config.toml',
    (section) => `[${section}]`,
    (setting) => `${leafName(setting, 'snake')} = ${literal(setting.value)}`,
  ),
  lineByLine(
    'xml-elements',
    'config.xml',
    (setting) => `  <${flatName(setting, 'camel')}>${xmlText(setting.value)}</${flatName(setting, 'camel')}>`,
    ['<?xml version="1.0"?>\n<configuration>\n', '</configuration>\n'],
  ),
  lineByLine(
    'xml-properties',
    'core-site.xml',
    (setting) =>
      `  <property>\n    <name>${flatName(setting, 'dotted')}</name>\n    <value>${xmlText(setting.value)}</value>\n  </property>`,
    ['<configuration>\n', '</configuration>\n'],
  ),
  lineByLine(
    'xml-attributes',
    'web.config',
    (setting) => `    <add key="${flatName(setting, 'pascal')}" value="${xmlText(setting.value)}" />`,
    ['<configuration>\n  <appSettings>\n', '  </appSettings>\n</configuration>\n'],
  ),
  lineByLine(
    'xml-bean',
    'beans.xml',
    (setting) => `    <property name="${flatName(setting, 'camel')}" value="${xmlText(setting.value)}"/>`,
    ['<beans>\n  <bean id="source">\n', '  </bean>\n</beans>\n'],
  ),
  { carrier: 'hcl', write: (settings, random) => file('config.hcl', hcl(settings, random)) },
  {
    carrier: 'data-keys',
    write: (settings) => ({
      data: Object.fromEntries(settings.map((setting) => [flatName(setting, 'upper'), setting.value])),
    }),
  },
  {
    carrier: 'data-keys-dotted',
    write: (settings) => ({
      data: Object.fromEntries(settings.map((setting) => [flatName(setting, 'dotted'), setting.value])),
    }),
  },
  {
    carrier: 'data-keys-base64',
    write: (settings) => ({
      binaryData: Object.fromEntries(
        settings.map((setting) => [flatName(setting, 'kebab'), Buffer.from(setting.value).toString('base64')]),
      ),
    }),
  },
]
