/** What a program is given a password with on its command line. */
export interface ProgramFlags {
  /** In lower case; the program and, where only one of its commands is meant, that command. */
  readonly programs: readonly string[]
  /** Flags with the password in the next word, or behind `=`. */
  readonly spaced?: readonly string[]
  /** Flags that the password is glued to: `-phunter2`. */
  readonly glued?: readonly string[]
  /** Flags with `user:password`, or with another sign between the two. */
  readonly login?: readonly string[]
  readonly loginSign?: string
  /** Flags with `pass:password`. */
  readonly prefixed?: readonly string[]
  /** A command behind which the words at these places are passwords: `rabbitmqctl add_user NAME PASSWORD`. */
  readonly positional?: { readonly command: readonly string[]; readonly places: readonly number[] }
  readonly source: string
}

/**
 * Programs whose short flags take a password. Flags whose name says it (`--password x`, `-storepass x`) are found for
 * every program.
 */
export const programFlags: readonly ProgramFlags[] = [
  {
    programs: ['mysql', 'mysqladmin', 'mysqldump', 'mysqlimport', 'mysqlcheck', 'mysqlshow', 'mysqlsh', 'mysqlbinlog'],
    glued: ['-p'],
    source: 'https://dev.mysql.com/doc/refman/8.4/en/command-line-options.html',
  },
  {
    programs: [
      'mariadb',
      'mariadb-admin',
      'mariadb-dump',
      'mariadb-import',
      'mariadb-check',
      'mariabackup',
      'xtrabackup',
    ],
    glued: ['-p'],
    source: 'https://mariadb.com/docs/server/clients-and-utilities/mariadb-client/mariadb-command-line-client',
  },
  {
    programs: ['mongo', 'mongosh', 'mongodump', 'mongorestore', 'mongoexport', 'mongoimport', 'mongostat'],
    spaced: ['-p'],
    source: 'https://www.mongodb.com/docs/mongodb-shell/reference/options/',
  },
  {
    programs: ['cqlsh', 'dsbulk'],
    spaced: ['-p'],
    source: 'https://cassandra.apache.org/doc/latest/cassandra/managing/tools/cqlsh.html',
  },
  {
    programs: ['sqlcmd', 'bcp', 'osql', 'isql', 'mssql-cli', 'dtexec'],
    spaced: ['-P'],
    glued: ['-P'],
    source: 'https://learn.microsoft.com/sql/tools/sqlcmd/sqlcmd-utility',
  },
  {
    programs: [
      'ldapsearch',
      'ldapadd',
      'ldapmodify',
      'ldapdelete',
      'ldapwhoami',
      'ldapcompare',
      'ldapmodrdn',
      'ldappasswd',
    ],
    spaced: ['-w', '-s'],
    source: 'https://www.openldap.org/software/man.cgi?query=ldapsearch',
  },
  {
    programs: ['docker login', 'podman login', 'buildah login', 'nerdctl login', 'skopeo login', 'crane auth login'],
    spaced: ['-p'],
    source: 'https://docs.docker.com/reference/cli/docker/login/',
  },
  {
    programs: ['helm registry login', 'helm repo add', 'oras login', 'az login', 'oc login', 'rancher login'],
    spaced: ['-p', '-t'],
    source: 'https://helm.sh/docs/helm/helm_registry_login/ and https://learn.microsoft.com/cli/azure/reference-index',
  },
  {
    programs: ['cf login', 'ibmcloud login', 'doctl auth init', 'heroku login', 'scw init'],
    spaced: ['-p', '-t'],
    source: 'https://cli.cloudfoundry.org/en-US/v8/login.html',
  },
  {
    programs: ['redis-cli', 'valkey-cli', 'keydb-cli', 'redis-benchmark'],
    spaced: ['-a', '--pass'],
    source: 'https://redis.io/docs/latest/develop/tools/cli/',
  },
  { programs: ['sshpass'], spaced: ['-p'], glued: ['-p'], source: 'https://manpages.debian.org/sshpass.1' },
  {
    programs: ['curl'],
    login: ['-u', '--user', '-U', '--proxy-user'],
    source: 'https://curl.se/docs/manpage.html#-u',
  },
  { programs: ['etcdctl'], login: ['--user'], source: 'https://etcd.io/docs/v3.6/op-guide/authentication/rbac/' },
  { programs: ['http', 'https', 'httpie', 'xh'], login: ['-a', '--auth'], source: 'https://httpie.io/docs/cli' },
  { programs: ['lftp'], login: ['-u'], loginSign: ',', source: 'https://lftp.yar.ru/lftp-man.html' },
  {
    programs: ['smbclient', 'rpcclient', 'smbget'],
    login: ['-U', '--user'],
    loginSign: '%',
    source: 'https://www.samba.org/samba/docs/current/man-html/smbclient.1.html',
  },
  {
    programs: ['openssl'],
    prefixed: ['-passin', '-passout', '-pass', '-password'],
    spaced: ['-k'],
    source: 'https://docs.openssl.org/master/man1/openssl-passphrase-options/',
  },
  {
    programs: ['rabbitmqctl'],
    positional: { command: ['add_user', 'change_password', 'authenticate_user'], places: [2] },
    source: 'https://www.rabbitmq.com/docs/man/rabbitmqctl.8',
  },
  { programs: ['rabbitmqadmin'], spaced: ['-p'], source: 'https://www.rabbitmq.com/docs/management-cli' },
  {
    programs: ['mc', 'mcli'],
    positional: { command: ['alias set', 'config host add'], places: [4] },
    source: 'https://docs.min.io/community/minio-object-store/reference/minio-mc/mc-alias-set.html',
  },
  {
    programs: ['mc', 'mcli'],
    positional: { command: ['admin user add'], places: [3] },
    source: 'https://docs.min.io/community/minio-object-store/reference/minio-mc-admin/mc-admin-user.html',
  },
  {
    programs: ['htpasswd'],
    positional: { command: ['-nb', '-nbB', '-nbm', '-Bbn', '-bnB', '-bn', '-nbBC'], places: [2] },
    source: 'https://httpd.apache.org/docs/2.4/programs/htpasswd.html',
  },
  {
    programs: ['htpasswd'],
    positional: { command: ['-b', '-bc', '-cb', '-bB', '-Bb', '-Bbc', '-cbB', '-bcB', '-bm'], places: [3] },
    source: 'https://httpd.apache.org/docs/2.4/programs/htpasswd.html',
  },
  {
    programs: ['ipmitool'],
    spaced: ['-P'],
    source: 'https://github.com/ipmitool/ipmitool/blob/master/doc/ipmitool.1.in',
  },
  {
    programs: ['psexec', 'psexec64'],
    spaced: ['-p'],
    source: 'https://learn.microsoft.com/sysinternals/downloads/psexec',
  },
  {
    programs: ['zip', 'unzip', '7z', '7za'],
    spaced: ['-P'],
    glued: ['-p'],
    source: 'https://7-zip.opensource.jp/chm/cmdline/switches/password.htm',
  },
  {
    programs: ['snmpget', 'snmpwalk', 'snmpset'],
    spaced: ['-A', '-X'],
    source: 'http://www.net-snmp.org/docs/man/snmpcmd.html',
  },
  {
    programs: ['kadmin', 'kadmin.local'],
    spaced: ['-w', '-pw'],
    source: 'https://web.mit.edu/kerberos/krb5-latest/doc/admin/admin_commands/kadmin_local.html',
  },
  {
    programs: ['beeline', 'hdbsql', 'vsql', 'clickhouse-client'],
    spaced: ['-p', '-w'],
    source: 'https://hive.apache.org/docs/latest/user/hiveserver2-clients/',
  },
  {
    programs: ['neo4j-admin', 'cypher-shell'],
    spaced: ['-p'],
    positional: { command: ['set-initial-password'], places: [1] },
    source: 'https://neo4j.com/docs/operations-manual/current/cypher-shell/',
  },
  {
    programs: ['influx', 'iris', 'db2'],
    spaced: ['-p', '-password'],
    source: 'https://docs.influxdata.com/influxdb/v1/tools/influx-cli/',
  },
  { programs: ['vncpasswd', 'x11vnc'], spaced: ['-passwd'], source: 'https://manpages.debian.org/x11vnc.1' },
]
