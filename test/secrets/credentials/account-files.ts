/** A file: its type, its name, the pattern of its text. */
export type FileRow = readonly [type: string, file: string, text: string]

/** Databases, brokers, directories and networks: accounts with their passwords or hashes. */
export const accountFiles: readonly FileRow[] = [
  [
    'sql-create-user',
    'init.sql',
    "CREATE DATABASE {word};\nCREATE USER {word}_app IDENTIFIED BY '{password}';\nGRANT ALL ON {word}.* TO {word}_app;\n",
  ],
  [
    'sql-create-user-host',
    '01-users.sql',
    "CREATE USER IF NOT EXISTS 'app'@'%' IDENTIFIED BY '{strong}';\nFLUSH PRIVILEGES;\n",
  ],
  [
    'sql-create-role',
    'roles.sql',
    "CREATE ROLE {word} WITH LOGIN PASSWORD '{password}';\nALTER ROLE {word} SET search_path = app;\n",
  ],
  ['sql-alter-user', 'reset.sql', "ALTER USER postgres WITH ENCRYPTED PASSWORD '{strong}';\n"],
  [
    'mongo-create-user',
    'init.js',
    "db = db.getSiblingDB('{word}');\ndb.createUser({ user: '{word}', pwd: '{inurl}', roles: [{ role: 'readWrite', db: '{word}' }] });\n",
  ],
  ['htpasswd-bcrypt', 'auth', 'admin:$2y$10${crypt:53}\n'],
  ['htpasswd-apr1', '.htpasswd', '{word}:$apr1${crypt:8}${crypt:22}\n'],
  ['shadow-sha512', 'shadow', 'root:$6${crypt:16}${crypt:86}:19800:0:99999:7:::\n'],
  [
    'argon2-hash',
    'users.yaml',
    'users:\n  {word}:\n    displayname: {word}\n    password: "$argon2id$v=19$m=65536,t=3,p=4${base64:22}${base64:43}"\n',
  ],
  [
    'ldif-password',
    'bootstrap.ldif',
    'dn: cn=admin,dc=example,dc=org\nobjectClass: simpleSecurityObject\ncn: admin\nuserPassword: {SSHA}{base64:32}\n',
  ],
  [
    'ldif-plain',
    'users.ldif',
    'dn: uid={word},ou=people,dc=example,dc=org\nobjectClass: inetOrgPerson\nuid: {word}\nuserPassword: {inurl}\n',
  ],
  ['slapd-rootpw', 'slapd.conf', 'suffix "dc=example,dc=org"\nrootdn "cn=admin,dc=example,dc=org"\nrootpw {inurl}\n'],
  [
    'jaas',
    'kafka_jaas.conf',
    'KafkaServer {\n  org.apache.kafka.common.security.plain.PlainLoginModule required\n  username="admin"\n  password="{inurl}"\n  user_admin="{inurl}";\n};\n',
  ],
  [
    'sasl-jaas-property',
    'client.properties',
    'security.protocol=SASL_SSL\nsasl.mechanism=SCRAM-SHA-512\nsasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="{word}" password="{inurl}";\n',
  ],
  [
    'rabbitmq-definitions',
    'definitions.json',
    '{\n  "users": [\n    { "name": "admin", "password_hash": "{base64:47}{int:0-9}", "tags": "administrator" }\n  ],\n  "vhosts": [{ "name": "/" }]\n}\n',
  ],
  ['rabbitmq-conf', 'rabbitmq.conf', 'listeners.tcp.default = 5672\ndefault_user = admin\ndefault_pass = {inurl}\n'],
  ['redis-conf', 'redis.conf', 'bind 0.0.0.0\nappendonly yes\nrequirepass {inurl}\nmaxmemory 256mb\n'],
  [
    'redis-sentinel',
    'sentinel.conf',
    'sentinel monitor main {ip} 6379 2\nsentinel auth-pass main {inurl}\nsentinel down-after-milliseconds main 5000\n',
  ],
  ['redis-users', 'users.acl', 'user default off\nuser {word} on >{inurl} ~* +@all\n'],
  ['pgbouncer-userlist', 'userlist.txt', '"{word}" "md5{hex:32}"\n"{word}_ro" "{inurl}"\n'],
  [
    'wireguard',
    'wg0.conf',
    '[Interface]\nAddress = {ip}/24\nPrivateKey = {base64:42}{pick:A|E|I|U|c|k}=\nListenPort = 51820\n\n[Peer]\nPublicKey = {base64:42}A=\nAllowedIPs = 0.0.0.0/0\n',
  ],
  ['wpa-supplicant', 'wpa_supplicant.conf', 'network={\n  ssid="{word}"\n  psk="{weakword}{int:1000-9999}"\n}\n'],
  [
    'sssd',
    'sssd.conf',
    '[domain/corp]\nid_provider = ldap\nldap_default_bind_dn = cn=reader,dc=corp\nldap_default_authtok = {inurl}\n',
  ],
  ['ceph-keyring', 'ceph.keyring', '[client.admin]\n  key = AQ{base64:36}==\n  caps mon = "allow *"\n'],
  ['freeradius', 'clients.conf', 'client {word} {\n  ipaddr = {ip}\n  secret = {inurl}\n}\n'],
]
