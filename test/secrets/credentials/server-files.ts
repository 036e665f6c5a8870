import type { FileRow } from './account-files.ts'

/** Servers, monitoring, machines and applications: configuration with a credential in it. */
export const serverFiles: readonly FileRow[] = [
  [
    'tomcat-users',
    'tomcat-users.xml',
    '<tomcat-users>\n  <role rolename="manager-gui"/>\n  <user username="{word}" password="{inurl}" roles="manager-gui"/>\n</tomcat-users>\n',
  ],
  [
    'grafana-datasource',
    'datasources.yaml',
    'apiVersion: 1\ndatasources:\n  - name: Main\n    type: postgres\n    url: {service}:5432\n    user: grafana\n    secureJsonData:\n      password: {inurl}\n',
  ],
  [
    'grafana-ini',
    'grafana.ini',
    '[server]\nroot_url = https://{host}\n[security]\nadmin_user = admin\nadmin_password = {inurl}\n[database]\ntype = sqlite3\n',
  ],
  [
    'alertmanager',
    'alertmanager.yml',
    "global:\n  smtp_smarthost: smtp.{host}:587\n  smtp_auth_username: alerts\n  smtp_auth_password: '{password}'\nroute:\n  receiver: default\nreceivers:\n  - name: default\n",
  ],
  [
    'alertmanager-opsgenie',
    'alertmanager.yml',
    'route:\n  receiver: team\nreceivers:\n  - name: team\n    opsgenie_configs:\n      - api_key: {uuid}\n',
  ],
  [
    'prometheus-basic-auth',
    'prometheus.yml',
    'scrape_configs:\n  - job_name: {word}\n    basic_auth:\n      username: prometheus\n      password: {password}\n    static_configs:\n      - targets: ["{service}:9100"]\n',
  ],
  [
    'prometheus-bearer',
    'prometheus.yml',
    'scrape_configs:\n  - job_name: {word}\n    bearer_token: {alnum:47}{int:0-9}\n    static_configs:\n      - targets: ["{service}:9100"]\n',
  ],
  [
    'haproxy-userlist',
    'haproxy.cfg',
    'userlist admins\n  user admin insecure-password {inurl}\nfrontend stats\n  bind *:8404\n  stats enable\n',
  ],
  [
    'haproxy-stats',
    'haproxy.cfg',
    'frontend stats\n  bind *:8404\n  stats enable\n  stats uri /\n  stats auth admin:{inurl}\n',
  ],
  [
    'filebeat',
    'filebeat.yml',
    'output.elasticsearch:\n  hosts: ["https://{service}:9200"]\n  username: elastic\n  password: {inurl}\n',
  ],
  [
    'logstash',
    'pipeline.conf',
    'output {\n  elasticsearch {\n    hosts => ["https://{service}:9200"]\n    user => "logstash"\n    password => "{inurl}"\n  }\n}\n',
  ],
  [
    'fluentd',
    'fluent.conf',
    '<match **>\n  @type elasticsearch\n  host {service}\n  user elastic\n  password {inurl}\n</match>\n',
  ],
  [
    'thanos-objstore',
    'objstore.yml',
    'type: S3\nconfig:\n  bucket: {word}\n  endpoint: {host}\n  access_key: {upperalnum:20}\n  secret_key: {alnum:39}{int:0-9}\n',
  ],
  ['loki-s3-url', 'loki.yaml', 'storage_config:\n  aws:\n    s3: s3://{upperalnum:20}:{alnum:40}@{host}/{word}\n'],
  [
    'vault-unseal',
    'init.txt',
    'Unseal Key 1: {base64:43}=\nUnseal Key 2: {base64:43}=\n\nInitial Root Token: hvs.{alnum:24}\n',
  ],
  [
    'cloud-init-password',
    'user-data',
    '#cloud-config\nuser: ubuntu\npassword: {inurl}\nchpasswd: { expire: false }\nssh_pwauth: true\n',
  ],
  [
    'cloud-init-chpasswd',
    'user-data',
    '#cloud-config\nchpasswd:\n  list: |\n    root:{inurl}\n    admin:{inurl}\n  expire: false\n',
  ],
  [
    'terraform-variables',
    'terraform.tfvars',
    'region = "eu-west-1"\ndb_username = "app"\ndb_password = "{password}"\n',
  ],
  ['ansible-inventory', 'hosts.ini', '[web]\n{ip} ansible_user=deploy ansible_password={inurl}\n'],
  [
    'openrc',
    'openrc.sh',
    'export OS_AUTH_URL=https://{host}:5000/v3\nexport OS_USERNAME={word}\nexport OS_PASSWORD={inurl}\n',
  ],
  [
    'cinder-conf',
    'cloud.conf',
    '[Global]\nauth-url = https://{host}:5000/v3\nusername = {word}\npassword = {inurl}\ntenant-name = {word}\n',
  ],
  [
    'vsphere-conf',
    'csi-vsphere.conf',
    '[VirtualCenter "{ip}"]\ninsecure-flag = "true"\nuser = "administrator@vsphere.local"\npassword = "{inurl}"\n',
  ],
  [
    'appsettings',
    'appsettings.json',
    '{\n  "Logging": { "LogLevel": { "Default": "Information" } },\n  "ConnectionStrings": {\n    "Default": "Server={service};Database={word};User Id=app;Password={inurl};"\n  }\n}\n',
  ],
  [
    'xml-datasource',
    'persistence.xml',
    '<persistence>\n  <properties>\n    <property name="javax.persistence.jdbc.user" value="{word}"/>\n    <property name="javax.persistence.jdbc.password" value="{inurl}"/>\n  </properties>\n</persistence>\n',
  ],
  [
    'tomcat-resource',
    'context.xml',
    '<Context>\n  <Resource name="jdbc/main" auth="Container" type="javax.sql.DataSource" username="{word}" password="{inurl}" url="jdbc:mysql://{service}/{word}"/>\n</Context>\n',
  ],
  [
    'hadoop-credential',
    'hive-site.xml',
    '<configuration>\n  <property>\n    <name>javax.jdo.option.ConnectionPassword</name>\n    <value>{inurl}</value>\n  </property>\n</configuration>\n',
  ],
  [
    'nginx-proxy-header',
    'nginx.conf',
    'location /api/ {\n  proxy_pass https://api.{host};\n  proxy_set_header Authorization "Bearer {alnum:39}{int:0-9}";\n}\n',
  ],
  [
    'comment-password',
    'notes.txt',
    'Log in at https://{host}/admin as admin.\npassword: {inurl}\nAsk the {word} team for more.\n',
  ],
  [
    'dockerfile-build',
    'Dockerfile',
    'FROM node:24\nRUN npm config set //npm.{host}/:_authToken={uuid} && npm ci\nCMD ["node", "main.js"]\n',
  ],
]
