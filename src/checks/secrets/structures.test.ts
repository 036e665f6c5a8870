import { describe, expect, test } from 'vitest'
import { scanEntries } from './scan.ts'

function confidences(key: string, value: string): readonly string[] {
  return scanEntries([{ path: '/data/a', key, value }]).map(({ confidence }) => confidence)
}

const found: readonly (readonly [key: string, value: string])[] = [
  ['userlist.txt', '"app" "md59f3a61c07be84d259f3a61c07be84d25"'],
  [
    'userlist.txt',
    '"app" "SCRAM-SHA-256$4096:q7Zt2Kd9Wm4Xv8Rb3Ly6Hg==$q7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5Pf0Gsq7Zt2Kd9Wm4=:q7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5Pf0Gsq7Zt2Kd9Wm4="',
  ],
  ['userlist.txt', '"app" "hunter2x"'],
  ['a.json', '{"password":"pbkdf2_sha256$260000$q7Zt2Kd9Wm4X$q7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5Pf0Gsq7Zt2Kd9Wm4="}'],
  ['passwd', 'admin:{PBKDF2}$pbkdf2-sha256$29000$q7Zt2Kd9Wm4Xv8R$q7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5Pf0Gsq7Zt2Kd9Wm4'],
  [
    'shadow',
    'root:$6$q7Zt2Kd9$q7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5Pf0Gsq7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5Pf0Gsq7Zt2Kd9Wm4Xv8Rb3Ly6Hc:19000:0:99999:7:::',
  ],
  ['auth', 'bob:$2y$10$q7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5Pf0Gsq7Zt2Kd9Wm4Xv8Rb3Ly6Hc'],
  ['auth', 'bob:{SHA}q7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5o='],
  ['wp.sql', "INSERT INTO wp_users VALUES (1,'admin','$P$Bq7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5Pf0.')"],
  ['.pgpass', 'db.local:5432:app:app:hunter2x'],
  ['pgpass', '*:*:*:postgres:hunter2x'],
  ['.my.cnf', '[client]\nuser=root\npassword=hunter2x'],
  ['my.cnf', '[client]\npassword="hunter2x"'],
  ['.npmrc', '//registry.npmjs.org/:_authToken=q7Zt2Kd9-Wm4X-v8Rb'],
  ['.npmrc', '_auth=Ym9iOmh1bnRlcjJ4'],
  ['.pypirc', '[pypi]\nusername = bob\npassword = hunter2x'],
  ['pip.conf', '[global]\nindex-url = https://bob:hunter2x@pypi.local/simple'],
  ['.dockercfg', '{"https://index.docker.io/v1/":{"auth":"Ym9iOmh1bnRlcjJ4","email":"a@b"}}'],
  ['.git-credentials', 'https://bob:hunter2x@github.com'],
  ['settings.xml', '<server><id>a</id><username>b</username><password>hunter2x</password></server>'],
  ['NuGet.Config', '<add key="ClearTextPassword" value="hunter2x" />'],
  ['terraform.tfvars', 'db_password = "hunter2x"'],
  ['wp-config.php', "define( 'DB_PASSWORD', 'hunter2x' );"],
  ['wp-config.php', "define('AUTH_KEY',         'q7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5Pf0Gs!');"],
  ['database.yml', 'production:\n  adapter: postgresql\n  password: hunter2x'],
  ['secrets.yml', 'production:\n  secret_key_base: 9f3a61c07be84d259f3a61c07be84d259f3a61c07be84d259f3a61c07be84d25'],
  ['redis.conf', 'requirepass hunter2x'],
  ['users.acl', 'user default on >hunter2x ~* +@all'],
  ['redis.conf', 'user worker on #9f3a61c07be84d259f3a61c07be84d259f3a61c07be84d259f3a61c07be84d25 ~* +@all'],
  [
    'definitions.json',
    '{"users":[{"name":"a","password_hash":"q7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5Pf0Gs","hashing_algorithm":"rabbit_password_hashing_sha256"}]}',
  ],
  ['grafana.ini', '[security]\nadmin_password = hunter2x'],
  ['alertmanager.yml', 'global:\n  smtp_auth_password: hunter2x'],
  ['prometheus.yml', 'basic_auth:\n  username: a\n  password: hunter2x'],
  ['prometheus.yml', 'authorization:\n  type: Bearer\n  credentials: q7Zt2Kd9Wm4Xv8Rb3Ly6Hc'],
  ['filebeat.yml', 'output.elasticsearch:\n  password: "hunter2x"'],
  ['filebeat.yml', 'output.elasticsearch:\n  api_key: "q7Zt2Kd9Wm4Xv8Rb3Ly6:q7Zt2Kd9Wm4Xv8Rb3Ly6"'],
  ['logstash.conf', 'elasticsearch { user => "a" password => "hunter2x" }'],
  ['realm.json', '{"clients":[{"clientId":"a","secret":"9f3a61c0-7be8-4d25-9f3a-61c07be84d25"}]}'],
  ['realm.json', '{"users":[{"username":"a","credentials":[{"type":"password","value":"hunter2x"}]}]}'],
  ['a.ldif', 'dn: cn=a\nuserPassword: hunter2x'],
  ['a.ldif', 'dn: cn=a\nuserPassword:: aHVudGVyMng='],
  ['slapd.conf', 'rootpw hunter2x'],
  ['ldap.conf', 'bindpw hunter2x'],
  ['odbc.ini', 'Driver=x;Server=y;UID=sa;PWD=hunter2x;'],
  ['a', 'jdbc:oracle:thin:scott/hunter2x@db:1521/x'],
  ['a', 'jdbc:mysql://db/x?user=a&password=hunter2x'],
  ['a', 'jdbc:sqlserver://db;user=sa;password=hunter2x;'],
  [
    'jaas.conf',
    'KafkaServer { org.apache.kafka.common.security.plain.PlainLoginModule required username="a" password="hunter2x" user_a="hunter2x"; };',
  ],
  ['a.sql', "ALTER USER postgres WITH PASSWORD 'hunter2x';"],
  ['a.sql', "CREATE USER app WITH ENCRYPTED PASSWORD 'hunter2x';"],
  ['a.sql', 'CREATE USER app IDENTIFIED BY "hunter2x";'],
  ['a.sql', 'CREATE USER app IDENTIFIED BY hunter2x;'],
  ['a.sql', "CREATE LOGIN app WITH PASSWORD = 'hunter2x';"],
  ['a.sql', "SET PASSWORD FOR 'root'@'%' = PASSWORD('hunter2x');"],
  ['a.sql', "create user if not exists 'app'@'%' identified with mysql_native_password by 'hunter2x';"],
  ['init.js', 'db.createUser({user: "app", pwd: "hunter2x", roles: []})'],
  ['haproxy.cfg', 'stats auth admin:tulip9meadow\n'],
  ['haproxy.cfg', 'userlist admins\n  user bob insecure-password tulip9meadow\n'],
  ['.netrc', 'machine a login b password hunter2x'],
  ['.netrc', 'machine a\n  login b\n  password hunter2x'],
  [
    'kubeconfig',
    'users:\n- name: a\n  user:\n    client-key-data: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlFcEFJQkFBS0NBUUVBNFhYWFlqV0hRcTdadDJLZDlXbTRYdjhSYjNMeTZIYzFKbjVQZjBHcwpxN1p0MktkOVdtNFh2OFJiM0x5NkhjMUpuNVBmMEdz',
  ],
  ['hdfs.xml', '<property><name>fs.s3a.secret.key</name><value>q7Zt2Kd9Wm4Xv8Rb3Ly6</value></property>'],
  ['wg.conf', '[Interface]\nPrivateKey = q7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5Pf0Gsq7Zt2Kd9Wm4='],
  ['jwk.json', '{"kty":"oct","k":"q7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5Pf0Gsq7Zt2Kd9Wm4"}'],
  ['erlang', 'RABBITMQ_ERLANG_COOKIE=QWEHFJKLXNVBZPRTYUIO'],
  ['sssd.conf', 'ldap_default_authtok = hunter2x'],
  ['amqp', 'amqp://app:hunter2x@mq:5672/'],
  ['a.py', 'conn = psycopg2.connect("host=db dbname=a user=b password=hunter2x")'],
  ['a.go', 'client := NewClient("u", password: "hunter2x")'],
  ['env', 'AUTH_HEADER=Basic Ym9iOmh1bnRlcjJ4'],
  ['basic', '{"headers":{"Authorization":"Bearer q7Zt2Kd9Wm4Xv8Rb"}}'],
  ['hdr', 'X-Api-Key: q7Zt2Kd9Wm4Xv8Rb'],
  ['ado', 'Data Source=db;User ID=sa;Password=hunter2x;Encrypt=true'],
  ['cass', 'cassandra.yaml\nkeystore_password: hunter2x'],
  ['k.sh', 'export SPRING_APPLICATION_JSON=\'{"spring":{"datasource":{"password":"hunter2x"}}}\''],
  ['sas', 'https://a.blob.core.windows.net/b?sv=2022-11-02&sp=r&sig=q7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5Pf0Gsq7Zt2Kd9Wm4%3D'],
  ['sc', 'restuserkey: hunter2x'],
]

const clean: readonly (readonly [key: string, value: string])[] = [
  ['userlist.txt', '"app" "SCRAM-SHA-256"'],
  ['hba', 'host all all 127.0.0.1/32 scram-sha-256'],
  ['a.sql', 'CREATE TABLE users (id int, password varchar(255) NOT NULL, password_hash text);'],
  ['a.sql', "CREATE USER app IDENTIFIED BY '${PW}';"],
  ['a.sql', "ALTER USER postgres WITH PASSWORD :'pw';"],
  ['.netrc', 'machine a login b password ${PW}'],
  ['users.acl', 'user default off nopass ~* +@all'],
  ['wp-config.php', "define( 'DB_PASSWORD', getenv('WORDPRESS_DB_PASSWORD') );"],
  ['ports', 'a.local:8080:b:c:d'],
  [
    'jwk.json',
    '{"kty":"EC","crv":"P-256","x":"q7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5Pf0Gsq7Zt2Kd9Wm4","y":"q7Zt2Kd9Wm4Xv8Rb3Ly6Hc1Jn5Pf0Gsq7Zt2Kd9Wm4"}',
  ],
  ['a.ldif', 'objectClass: simpleSecurityObject'],
  ['jdbc', 'jdbc:oracle:thin:@db:1521/x'],
  ['bearer', 'Authorization: Bearer <token>'],
  ['realm', '{"type":"password","value":"${vault.pw}"}'],
  ['proxy', 'Authorization: Basic realm="x"'],
  ['sasl', 'sasl.mechanism=SCRAM-SHA-256'],
  ['kc', 'KC_DB_PASSWORD_FILE=/run/secrets/db'],
  ['prom', 'authorization:\n  type: Bearer\n  credentials_file: /var/run/secrets/token'],
]

describe('credentials with a form of their own', () => {
  test.each(found)('finds %s: %s', (key, value) => {
    expect(confidences(key, value).filter((confidence) => confidence !== 'low')).not.toEqual([])
  })

  test.each(clean)('is quiet about %s: %s', (key, value) => {
    expect(confidences(key, value).filter((confidence) => confidence !== 'low')).toEqual([])
  })
})
