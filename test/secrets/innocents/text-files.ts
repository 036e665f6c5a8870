/** Configuration, documents and programs that speak of credentials and hold none: type, file, pattern of the text. */
export const textFiles: readonly (readonly [type: string, file: string, pattern: string])[] = [
  [
    'nginx',
    'nginx.conf',
    'user nginx;\nhttp {\n  server_tokens off;\n  server {\n    listen 443 ssl;\n    ssl_certificate /etc/nginx/tls/tls.crt;\n    ssl_certificate_key /etc/nginx/tls/tls.key;\n    ssl_session_tickets off;\n    location / {\n      proxy_pass http://{service}:8080;\n      proxy_set_header Authorization $http_authorization;\n      proxy_pass_header Set-Cookie;\n    }\n    location /private {\n      auth_basic "{word}";\n      auth_basic_user_file /etc/nginx/auth/htpasswd;\n    }\n  }\n}\n',
  ],
  [
    'i18n-json',
    'en.json',
    '{\n  "login.title": "Sign in to {word}",\n  "login.password": "Password",\n  "login.forgotPassword": "Forgot your password?",\n  "form.confirmPassword": "Confirm password",\n  "errors.password": "The password is not right",\n  "settings.apiKey": "API key",\n  "settings.token": "Access token",\n  "settings.secret": "Client secret"\n}\n',
  ],
  [
    'i18n-properties',
    'messages_de.properties',
    'username=Benutzername\npassword=Passwort\npasswordConfirm=Passwort wiederholen\nsecret=Geheimnis\ntoken.expired=Der Token ist abgelaufen\ninvalidPasswordMessage=Das Passwort stimmt nicht.\n',
  ],
  [
    'openapi',
    'openapi.yaml',
    'openapi: 3.1.0\ninfo: { title: {word}, version: {version} }\ncomponents:\n  schemas:\n    Login:\n      type: object\n      required: [username, password]\n      properties:\n        username: { type: string }\n        password:\n          type: string\n          format: password\n          minLength: {int:8-12}\n        token:\n          type: string\n          description: The token of the {word}\n  securitySchemes:\n    apiKey:\n      type: apiKey\n      in: header\n      name: X-API-Key\n',
  ],
  [
    'json-schema',
    'values.schema.json',
    '{\n  "type": "object",\n  "properties": {\n    "password": { "type": "string", "minLength": 8, "description": "Password of the {word}" },\n    "existingSecret": { "type": "string", "default": "" },\n    "secretKey": { "type": "string", "pattern": "^[a-z-]+$" },\n    "token": { "type": ["string", "null"] }\n  }\n}\n',
  ],
  [
    'crd',
    'crd.yaml',
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: {word}s.{word}.io\nspec:\n  group: {word}.io\n  versions:\n    - name: v1\n      schema:\n        openAPIV3Schema:\n          properties:\n            spec:\n              properties:\n                passwordSecretRef:\n                  description: Refers to the password in a Secret\n                  type: object\n                  properties:\n                    name: { type: string }\n                    key: { type: string, default: password }\n                token:\n                  type: string\n',
  ],
  [
    'external-secret',
    'external-secret.yaml',
    'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata:\n  name: {word}-db\nspec:\n  secretStoreRef: { name: vault, kind: ClusterSecretStore }\n  target:\n    name: {word}-db\n  data:\n    - secretKey: password\n      remoteRef:\n        key: secret/data/{word}\n        property: password\n',
  ],
  [
    'sealed-secret',
    'sealed.yaml',
    'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: {word}\nspec:\n  encryptedData:\n    password: AgB{base64:400}==\n    token: AgC{base64:400}==\n',
  ],
  [
    'pod-secret-references',
    'deployment.yaml',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {word}\nspec:\n  template:\n    spec:\n      imagePullSecrets:\n        - name: registry-{word}\n      containers:\n        - name: main\n          env:\n            - name: DB_PASSWORD\n              valueFrom:\n                secretKeyRef:\n                  name: {word}-db\n                  key: password\n            - name: API_TOKEN_FILE\n              value: /var/run/secrets/{word}/token\n',
  ],
  [
    'sops-file',
    'secrets.enc.yaml',
    'password: ENC[AES256_GCM,data:{base64:16}==,iv:{base64:43}=,tag:{base64:22}==,type:str]\nsops:\n  age:\n    - recipient: age1{loweralnum:58}\n      enc: |\n        -----BEGIN AGE ENCRYPTED FILE-----\n        {base64:64}\n        {base64:64}\n        -----END AGE ENCRYPTED FILE-----\n  lastmodified: "{day}T10:00:00Z"\n  version: 3.9.0\n',
  ],
  [
    'python-reads-environment',
    'settings.py',
    "import os\n\nSECRET_KEY = os.environ['SECRET_KEY']\nDB_PASSWORD = os.getenv('DB_PASSWORD', '')\nTOKEN = config.get('{word}', 'token')\npassword = getpass.getpass()\napi_key = settings.{word}_api_key\n",
  ],
  [
    'javascript-reads-environment',
    'config.js',
    'module.exports = {\n  password: process.env.DB_PASSWORD,\n  token: process.env.{word}_TOKEN || "",\n  apiKey: config.get("{word}.apiKey"),\n  secret: await readSecret("{word}"),\n  passwordField: document.querySelector("#password"),\n};\n',
  ],
  [
    'go-source',
    'main.go',
    'package main\n\nfunc login(user, password string) (token string, err error) {\n\ttoken = os.Getenv("{word}")\n\tpassword := flag.String("password", "", "password of the {word}")\n\tif token == "" {\n\t\treturn "", errNoToken\n\t}\n\treturn newToken(user, password)\n}\n',
  ],
  [
    'shell-reads-files',
    'start.sh',
    '#!/bin/sh\nset -eu\nexport DB_PASSWORD="$(cat /run/secrets/{word})"\nTOKEN=$(curl -fsS http://{service}/token | jq -r .access_token)\n: "${API_KEY:?API_KEY is not set}"\nmysql -u root -p"$MYSQL_ROOT_PASSWORD" < /init.sql\ncurl -u "$USER:$PASSWORD" https://{host}/\nread -rs -p "Password: " password\n',
  ],
  [
    'sql-schema',
    'schema.sql',
    'CREATE TABLE users (\n  id BIGSERIAL PRIMARY KEY,\n  username VARCHAR(64) NOT NULL,\n  password VARCHAR(255) NOT NULL,\n  reset_token CHAR(64),\n  api_key UUID DEFAULT gen_random_uuid()\n);\nCREATE INDEX {word}_token ON users (reset_token);\n',
  ],
  [
    'sql-variables',
    'init.sql',
    "CREATE USER {word} IDENTIFIED BY '${DB_PASSWORD}';\nALTER ROLE {word} WITH PASSWORD :'password';\n",
  ],
  [
    'html-login',
    'login.html',
    '<form method="post" action="/login">\n  <label for="password">Password</label>\n  <input type="password" id="password" name="password" placeholder="Your password" autocomplete="current-password">\n  <input type="hidden" name="csrf_token" value="{{ csrf_token }}">\n  <a href="/password/reset?token={{ .Token }}">Forgot it?</a>\n</form>\n',
  ],
  [
    'docs',
    'README.md',
    '# {word}\n\nSet `DB_PASSWORD` to the password of the database and `API_TOKEN` to a token of {word}.\nThe password must have at least {int:8-14} characters. Create a token:\n\n    kubectl create secret generic {word} --from-literal=password=<password>\n\nTokens expire after {int:1-90} days; the secret key is never logged.\n',
  ],
  [
    'licence',
    'LICENSE',
    'MIT License\n\nCopyright (c) 20{int:10-26} {word} authors\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction.\n\nTHE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND. License key: none. Signature of the licensor is not required.\n',
  ],
  [
    'prometheus-rules',
    'rules.yaml',
    'groups:\n  - name: {word}\n    rules:\n      - alert: TokenExpiresSoon\n        expr: vault_token_ttl{role="{word}"} < {int:100-9000}\n        labels: { severity: warning }\n        annotations:\n          summary: "Secret {{ $labels.secret }} of {{ $labels.namespace }} expires"\n      - record: job:password_failures:rate5m\n        expr: sum(rate(login_failures_total{reason="password"}[5m])) by (job)\n',
  ],
  [
    'alertmanager-files',
    'alertmanager.yml',
    'global:\n  smtp_auth_password_file: /etc/alertmanager/secrets/smtp\n  slack_api_url_file: /etc/alertmanager/secrets/slack\nroute:\n  receiver: {word}\nreceivers:\n  - name: {word}\n    webhook_configs:\n      - url: http://{service}/hook\n        http_config:\n          authorization:\n            credentials_file: /etc/token\n',
  ],
  [
    'redaction-rules',
    'redact.yaml',
    "rules:\n  - name: password\n    regex: '(?i)(password|passwd|pwd)\\s*[=:]\\s*\\S+'\n    replacement: 'password=***'\n  - name: github-token\n    regex: 'ghp_[A-Za-z0-9]{36}'\n  - name: {word}-key\n    regex: 'AKIA[0-9A-Z]{16}'\n  - name: key\n    regex: '-----BEGIN [A-Z ]*PRIVATE KEY-----'\n",
  ],
  [
    'kubeconfig-exec',
    'kubeconfig',
    'apiVersion: v1\nkind: Config\nclusters:\n  - name: {word}\n    cluster:\n      server: https://{host}:6443\n      certificate-authority: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt\nusers:\n  - name: {word}\n    user:\n      tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token\n      exec:\n        command: aws\n        args: [eks, get-token, --cluster-name, {word}]\n',
  ],
  [
    'log4j',
    'log4j2.xml',
    '<Configuration status="warn">\n  <Appenders>\n    <Console name="{word}">\n      <PatternLayout pattern="%d{ISO8601} [%t] %-5p %c{1.} - %replace{%m}{password=\\S+}{password=***}%n"/>\n    </Console>\n  </Appenders>\n  <Loggers><Logger name="com.{word}.token.TokenService" level="debug"/></Loggers>\n</Configuration>\n',
  ],
  [
    'pam',
    'common-auth',
    'auth required pam_unix.so nullok\npassword requisite pam_pwquality.so retry=3 minlen={int:8-14}\npassword sufficient pam_unix.so sha512 shadow use_authtok\n',
  ],
  ['nsswitch', 'nsswitch.conf', 'passwd: files systemd\ngroup: files systemd\nshadow: files\nhosts: files dns\n'],
  [
    'passwd-file',
    'passwd',
    'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n{word}:x:{int:1000-9999}:1000::/home/{word}:/bin/bash\n',
  ],
  [
    'coredns',
    'Corefile',
    '.:53 {\n    errors\n    health\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n        pods insecure\n        fallthrough in-addr.arpa ip6.arpa\n    }\n    forward . /etc/resolv.conf\n    cache {int:10-60}\n}\n',
  ],
  [
    'fluent-bit',
    'fluent-bit.conf',
    '[SERVICE]\n    Flush {int:1-9}\n[FILTER]\n    Name kubernetes\n    Kube_Token_File /var/run/secrets/kubernetes.io/serviceaccount/token\n    Kube_CA_File /var/run/secrets/kubernetes.io/serviceaccount/ca.crt\n[OUTPUT]\n    Name es\n    Host {service}\n    HTTP_Passwd ${ES_PASSWORD}\n',
  ],
  [
    'keycloak-policy',
    'realm.json',
    '{\n  "realm": "{word}",\n  "passwordPolicy": "length(12) and digits(1) and notUsername",\n  "accessTokenLifespan": {int:60-900},\n  "resetPasswordAllowed": true,\n  "clients": [{ "clientId": "{word}", "publicClient": true, "secret": "**********" }]\n}\n',
  ],
]
