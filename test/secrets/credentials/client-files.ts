import { encode, type FileTemplate } from './file-template.ts'

/** What clients keep to log in, and command lines: package managers, stores, scripts. */
export const clientFiles: readonly FileTemplate[] = [
  {
    type: 'netrc',
    file: '.netrc',
    text: () => 'machine git.{host}\n  login {word}-bot\n  password {alnum:19}{int:0-9}\n',
  },
  { type: 'netrc-line', file: 'netrc', text: () => 'machine api.{host} login deploy password {password}\n' },
  {
    type: 'npmrc',
    file: '.npmrc',
    text: () => 'registry=https://npm.{host}/\n//npm.{host}/:_authToken={uuid}\nalways-auth=true\n',
  },
  {
    type: 'npmrc-auth',
    file: '.npmrc',
    text: (random) => `registry=https://npm.{host}/\n_auth=${encode('{word}:{strong}', random)}\nemail=ci@{host}\n`,
  },
  {
    type: 'pypirc',
    file: '.pypirc',
    text: () =>
      '[distutils]\nindex-servers = internal\n\n[internal]\nrepository = https://pypi.{host}/\nusername = {word}\npassword = {password}\n',
  },
  {
    type: 'maven-settings',
    file: 'settings.xml',
    text: () =>
      '<settings>\n  <servers>\n    <server>\n      <id>releases</id>\n      <username>deployer</username>\n      <password>{alnum:15}{int:0-9}</password>\n    </server>\n  </servers>\n</settings>\n',
  },
  { type: 'git-credentials', file: '.git-credentials', text: () => 'https://{word}:{alnum:30}{int:0-9}@git.{host}\n' },
  {
    type: 'aws-credentials',
    file: 'credentials',
    text: () =>
      '[default]\naws_access_key_id = AKIA{base32:16}\naws_secret_access_key = {base64:39}{int:0-9}\nregion = eu-west-1\n',
  },
  {
    type: 'rclone',
    file: 'rclone.conf',
    text: () =>
      '[backup]\ntype = s3\nprovider = Minio\naccess_key_id = {upperalnum:20}\nsecret_access_key = {alnum:39}{int:0-9}\nendpoint = https://{host}\n',
  },
  { type: 'pgpass', file: '.pgpass', text: () => '{service}:5432:{word}:{word}_app:{alnum:15}{int:0-9}\n' },
  { type: 'my-cnf', file: 'my.cnf', text: () => '[client]\nhost={service}\nuser=backup\npassword={password}\n' },
  {
    type: 'curl-user',
    file: 'check.sh',
    text: () => '#!/bin/sh\nset -e\ncurl -fsS -u {word}:{inurl} https://{host}/api/health\n',
  },
  {
    type: 'curl-header',
    file: 'notify.sh',
    text: () =>
      "#!/bin/sh\ncurl -fsS -X POST -H 'Authorization: Bearer {alnum:39}{int:0-9}' https://api.{host}/v1/deploys\n",
  },
  {
    type: 'curl-basic-header',
    file: 'sync.sh',
    text: (random) =>
      `#!/bin/sh\ncurl -fsS -H "Authorization: Basic ${encode('{word}:{strong}', random)}" https://{host}/sync\n`,
  },
  {
    type: 'sshpass',
    file: 'copy.sh',
    text: () => '#!/bin/sh\nsshpass -p {inurl} scp -o StrictHostKeyChecking=no /data/dump.sql backup@{host}:/srv/\n',
  },
  {
    type: 'mysql-command',
    file: 'dump.sh',
    text: () => '#!/bin/sh\nmysqldump -h {service} -u root -p{inurl} {word} > /backup/{word}.sql\n',
  },
  { type: 'redis-command', file: 'flush.sh', text: () => '#!/bin/sh\nredis-cli -h {service} -a {inurl} FLUSHDB\n' },
  {
    type: 'pgpassword-command',
    file: 'backup.sh',
    text: () => '#!/bin/sh\nPGPASSWORD={inurl} pg_dump -h {service} -U {word} {word} | gzip > /backup/db.gz\n',
  },
  {
    type: 'docker-login',
    file: 'push.sh',
    text: () =>
      '#!/bin/sh\ndocker login -u {word} -p {alnum:15}{int:0-9} registry.{host}\ndocker push registry.{host}/{word}:{version}\n',
  },
  {
    type: 'mc-alias',
    file: 'mirror.sh',
    text: () =>
      '#!/bin/sh\nmc alias set backup https://{host} {upperalnum:20} {alnum:39}{int:0-9}\nmc mirror /data backup/{word}\n',
  },
]
