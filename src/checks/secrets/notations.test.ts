import { describe, expect, test } from 'vitest'
import { scanEntries } from './scan.ts'

function confidences(key: string, value: string): readonly string[] {
  return scanEntries([{ path: '/data/a', key, value }]).map(({ confidence }) => confidence)
}

const found: readonly (readonly [key: string, value: string])[] = [
  ['Dockerfile', 'FROM a\nENV DB_PASSWORD=hunter2x'],
  ['Dockerfile', 'FROM a\nENV DB_PASSWORD hunter2x'],
  ['compose.yml', 'environment:\n  - DB_PASSWORD=hunter2x'],
  ['compose.yml', 'environment:\n  DB_PASSWORD: hunter2x'],
  ['x.service', 'Environment="DB_PASSWORD=hunter2x"'],
  ['supervisord.conf', 'environment=A="b",DB_PASSWORD="hunter2x"'],
  ['a.php', "'password' => 'hunter2x',"],
  ['a.js', "module.exports = { password: 'hunter2x' }"],
  ['a.lua', 'local password = "hunter2x"'],
  ['nginx.conf', 'proxy_set_header Authorization "Basic Ym9iOmh1bnRlcjJ4";'],
  ['main.tf', 'variable "db_password" {\n  type = string\n  default = "hunter2x"\n}'],
  ['a.bat', 'set DB_PASSWORD=hunter2x'],
  ['a.ps1', '$password = "hunter2x"'],
  ['a.ps1', '$p = ConvertTo-SecureString "hunter2x" -AsPlainText -Force'],
  ['a.yml', 'db:\n  password: &pw hunter2x'],
  ['a.yml', 'password: !!str hunter2x'],
  ['a.yml', 'users:\n  - {name: a, password: hunter2x}'],
  ['a.yml', '- name: DB_PASSWORD\n  value: "hunter2x"'],
  ['a.yml', '- value: hunter2x\n  name: DB_PASSWORD'],
  ['a.json', '[{"name":"DB_PASSWORD","value":"hunter2x"}]'],
  ['a.json', '[{"value":"hunter2x","name":"DB_PASSWORD"}]'],
  ['a.md', 'Password: hunter2x'],
  ['helm.sh', 'helm install a --set auth.password=hunter2x,b=c'],
  ['a.yml', 'args: ["--db-password=hunter2x"]'],
  ['a.yml', 'args: ["--db-password", "hunter2x"]'],
  ['a.yml', 'args:\n  - --db-password\n  - hunter2x'],
  ['a.yml', 'command: ["sh","-c","mysqladmin -uroot -phunter2x ping"]'],
  [
    'web.xml',
    '<env-entry><env-entry-name>db.password</env-entry-name><env-entry-value>hunter2x</env-entry-value></env-entry>',
  ],
  ['a.xml', '<entry key="db.password">hunter2x</entry>'],
  ['a.xml', '<Resource name="jdbc/a" username="b" password="hunter2x" url="c"/>'],
  ['hibernate.cfg.xml', '<property name="hibernate.connection.password">hunter2x</property>'],
  ['persistence.xml', '<property name="javax.persistence.jdbc.password" value="hunter2x"/>'],
  ['a.xml', '<password><![CDATA[hunter2x]]></password>'],
  ['DB_PASS', 'hunter2x'],
  ['MYSQL_ROOT_PASSWORD', 'root'],
  ['a.env', "DB_PASSWORD = 'hunter2x' # prod"],
  ['a.env', 'export DB_PASSWORD=hunter2x # prod'],
  ['a.toml', 'db = { password = "hunter2x", port = 1 }'],
  ['a.hocon', 'db.password = ${?DB_PASSWORD}\ndb.password = "hunter2x"'],
  ['a.yaml', 'password: >-\n  hunter2x'],
  ['a.yaml', 'password:\n  hunter2x'],
  ['a.json', '{"password":\n"hunter2x"}'],
  ['a.yaml', '"password": "hunter2x"'],
  ['a.sql', "INSERT INTO users (name, password) VALUES ('admin', 'hunter2x');"],
  ['a.js', 'const client = new Client({ apiKey: "q7Zt2Kd9Wm4Xv8Rb" })'],
  ['a.cfg', '[auth]\nuser = a\npass = hunter2x'],
]

const clean: readonly (readonly [key: string, value: string])[] = [
  ['a.yml', 'password:\n  secretName: db'],
  ['a.yml', 'password:\n  valueFrom:\n    secretKeyRef:\n      name: a\n      key: password'],
  ['a.yml', '- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef: {name: a, key: b}'],
  ['a.md', 'Enter your password here'],
  ['a.tf', 'variable "db_password" {\n  type = string\n  sensitive = true\n}'],
  ['a.yml', 'passwordPolicy: strong'],
  ['a.yml', 'passwordSecretRef: db-credentials'],
  ['a.txt', 'password must be at least 8 characters'],
  ['Dockerfile', 'ENV DB_PASSWORD='],
  ['a.yml', 'password: ""'],
  ['a.yml', 'password:\nusername: bob'],
  ['a.csv', 'user,password'],
  ['a.md', 'The password is stored in Vault.'],
]

describe('a password in the notations of configuration', () => {
  test.each(found)('is found in %s: %s', (key, value) => {
    expect(confidences(key, value).filter((confidence) => confidence !== 'low')).not.toEqual([])
  })

  test.each(clean)('is not seen where there is none, %s: %s', (key, value) => {
    expect(confidences(key, value)).toEqual([])
  })
})
