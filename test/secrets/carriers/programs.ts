import type { Content, SettingCarrier } from '../generator/document.ts'
import { flatName, type Setting } from '../generator/setting.ts'
import { literal, shellWord } from './quoting.ts'

interface Source {
  readonly carrier: string
  readonly file: string
  readonly head: string
  readonly line: (setting: Setting) => string
  readonly tail: string
}

const python = (value: string): string => (value === 'true' ? 'True' : value === 'false' ? 'False' : literal(value))

/** Settings in the source of programs and on command lines: what a ConfigMap with scripts holds. */
const sources: readonly Source[] = [
  {
    carrier: 'shell',
    file: 'start.sh',
    head: '#!/bin/sh\nset -eu\n',
    line: (setting) => `${flatName(setting, 'upper')}=${shellWord(setting.value)}`,
    tail: 'exec /usr/local/bin/main "$@"\n',
  },
  {
    carrier: 'shell-flags',
    file: 'run.sh',
    head: '#!/bin/bash\nexec /usr/local/bin/main \\\n',
    line: (setting) => `  --${flatName(setting, 'kebab')}=${shellWord(setting.value)} \\`,
    tail: '  --verbose\n',
  },
  {
    carrier: 'shell-arguments',
    file: 'entrypoint.sh',
    head: '#!/bin/bash\nexec /opt/main serve \\\n',
    line: (setting) => `  --${flatName(setting, 'kebab')} ${shellWord(setting.value)} \\`,
    tail: '  --verbose\n',
  },
  {
    carrier: 'manifest-args',
    file: 'deployment.yaml',
    head: 'spec:\n  containers:\n    - name: main\n      args:\n',
    line: (setting) => `        - "--${flatName(setting, 'kebab')}=${setting.value}"`,
    tail: '',
  },
  {
    carrier: 'python',
    file: 'settings.py',
    head: 'import os\n\nBASE_DIR = os.path.dirname(__file__)\n',
    line: (setting) => `${flatName(setting, 'upper')} = ${python(setting.value)}`,
    tail: '',
  },
  {
    carrier: 'python-dict',
    file: 'config.py',
    head: 'CONFIG = {\n',
    line: (setting) => `    '${flatName(setting, 'snake')}': ${python(setting.value)},`,
    tail: '}\n',
  },
  {
    carrier: 'javascript',
    file: 'config.js',
    head: "'use strict'\n\nmodule.exports = {\n",
    line: (setting) => `  ${flatName(setting, 'camel')}: ${literal(setting.value)},`,
    tail: '}\n',
  },
  {
    carrier: 'typescript',
    file: 'environment.ts',
    head: '',
    line: (setting) => `export const ${flatName(setting, 'camel')} = ${literal(setting.value)};`,
    tail: '',
  },
  {
    carrier: 'php',
    file: 'config.php',
    head: '<?php\nreturn [\n',
    line: (setting) => `    '${flatName(setting, 'snake')}' => ${literal(setting.value)},`,
    tail: '];\n',
  },
  {
    carrier: 'php-define',
    file: 'wp-config.php',
    head: '<?php\n',
    line: (setting) => `define( '${flatName(setting, 'upper')}', ${literal(setting.value)} );`,
    tail: '',
  },
  {
    carrier: 'ruby',
    file: 'pipeline.conf',
    head: 'output {\n  http {\n',
    line: (setting) => `    ${flatName(setting, 'snake')} => ${literal(setting.value)}`,
    tail: '  }\n}\n',
  },
  {
    carrier: 'lua',
    file: 'init.lua',
    head: 'local config = {\n',
    line: (setting) => `  ${flatName(setting, 'snake')} = ${literal(setting.value)},`,
    tail: '}\nreturn config\n',
  },
  {
    carrier: 'java',
    file: 'Config.java',
    head: 'public final class Config {\n',
    line: (setting) =>
      `    private static final String ${flatName(setting, 'upper')} = ${JSON.stringify(setting.value)};`,
    tail: '}\n',
  },
  {
    carrier: 'nginx',
    file: 'default.conf',
    head: 'server {\n  listen 8080;\n',
    line: (setting) => `  set $${flatName(setting, 'snake')} ${JSON.stringify(setting.value)};`,
    tail: '  location / {\n    proxy_pass http://backend;\n  }\n}\n',
  },
]

export const programCarriers: readonly SettingCarrier[] = sources.map(({ carrier, file, head, line, tail }) => ({
  carrier,
  write: (settings): Content => ({ data: { [file]: `${head}${settings.map(line).join('\n')}\n${tail}` } }),
}))
