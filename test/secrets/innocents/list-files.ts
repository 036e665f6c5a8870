const repeated = (count: number, part: string, joint = ''): string =>
  Array.from({ length: count }, () => part).join(joint)

/** Lock files, dashboards, checksums: long lists of values that look random. */
export const listFiles: readonly (readonly [type: string, file: string, pattern: string])[] = [
  [
    'package-lock',
    'package-lock.json',
    `{\n  "lockfileVersion": 3,\n  "packages": {\n${repeated(12, '    "node_modules/{word}-{word}": { "version": "{version}", "resolved": "https://npm.{host}/{word}/-/{word}-{version}.tgz", "integrity": "sha512-{base64:86}==" }', ',\n')},\n    "node_modules/js-tokens": { "version": "{version}", "integrity": "sha512-{base64:86}==" }\n  }\n}\n`,
  ],
  [
    'go-sum',
    'modules.txt',
    repeated(
      20,
      'github.com/{word}/{word} v{version} h1:{base64:43}=\ngithub.com/{word}/{word} v{version}/go.mod h1:{base64:43}=\n',
    ),
  ],
  ['checksums', 'SHA256SUMS', repeated(25, '{hex:64}  {word}-{version}-linux-amd64.tar.gz\n')],
  [
    'terraform-lock',
    'terraform.lock.hcl',
    `provider "registry.terraform.io/hashicorp/aws" {\n  version = "{version}"\n  hashes = [\n${repeated(8, '    "h1:{base64:43}=",\n    "zh:{hex:64}",\n')}  ]\n}\n`,
  ],
  [
    'yarn-lock',
    'yarn.txt',
    repeated(
      15,
      '"{word}-{word}@^{version}":\n  version "{version}"\n  resolved "https://npm.{host}/{word}/-/{word}-{version}.tgz#{hex:40}"\n  integrity sha512-{base64:86}==\n\n',
    ),
  ],
  [
    'image-list',
    'images.yaml',
    `images:\n${repeated(10, '  - registry.{host}/{word}/{word}:{version}@sha256:{hex:64}\n')}`,
  ],
  [
    'grafana-dashboard',
    'dashboard.json',
    `{\n  "uid": "{alnum:9}",\n  "title": "{word} tokens",\n  "panels": [\n${repeated(6, '    { "id": {int:1-99}, "type": "timeseries", "datasource": { "type": "prometheus", "uid": "P{upperhex:15}" }, "targets": [{ "expr": "sum(rate({word}_tokens_total{job=\\"{word}\\"}[5m])) by (token_type)", "legendFormat": "{{token_type}}", "refId": "A" }], "fieldConfig": { "defaults": { "color": { "mode": "palette-classic" } } }, "gridPos": { "h": 8, "w": 12, "x": 0, "y": {int:0-90} } }', ',\n')}\n  ],\n  "templating": { "list": [{ "name": "secret", "type": "query", "query": "label_values(kube_secret_info, secret)" }] },\n  "schemaVersion": 39\n}\n`,
  ],
  ['commits', 'changes.md', repeated(15, '- {hex:40} {word}: change the {word} of the {word}\n')],
  ['uuid-list', 'tenants.csv', `id,name,created\n${repeated(20, '{uuid},{word},{day}\n')}`],
  [
    'users-without-passwords',
    'users.yaml',
    `users:\n${repeated(10, '  - name: {word}\n    uid: {uuid}\n    email: {word}@{host}\n    passwordExpires: {day}\n')}`,
  ],
  [
    'feature-flags',
    'flags.json',
    `{\n${repeated(15, '  "{word}-{word}-{int:1-99}": { "enabled": {pick:true|false}, "rollout": {int:0-100}, "salt": "{word}" }', ',\n')}\n}\n`,
  ],
  [
    'dns-records',
    'zone.db',
    repeated(
      8,
      '{word} IN TXT "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA{base64:340}"\n{word} IN A {ip}\n_acme-challenge.{word} IN TXT "{base64url:43}"\n',
    ),
  ],
  [
    'model-files',
    'model.json',
    `{\n  "architectures": ["LlamaForCausalLM"],\n  "bos_token": "<s>",\n  "eos_token": "</s>",\n  "pad_token_id": 0,\n  "max_position_embeddings": {int:2048-9999},\n  "tokenizer_class": "LlamaTokenizer",\n  "files": {\n${repeated(6, '    "model-{digits:5}.safetensors": "{hex:64}"', ',\n')}\n  }\n}\n`,
  ],
  [
    'kafka-topics',
    'topics.yaml',
    `topics:\n${repeated(12, '  - name: {word}.{word}.v{int:1-4}\n    partitions: {int:1-48}\n    key: {word}_id\n    keySerializer: org.apache.kafka.common.serialization.StringSerializer\n')}`,
  ],
  [
    'translations',
    'fr.yaml',
    `fr:\n${repeated(6, '  {word}:\n    password: "Mot de passe"\n    password_hint: "Saisissez votre mot de passe"\n    token: "Jeton"\n')}`,
  ],
  [
    'access-log',
    'sample.log',
    repeated(15, '{ip} - - [{day}] "GET /{word}/{word}?id={uuid} HTTP/1.1" 200 {int:100-9999} "-" "Mozilla/5.0"\n'),
  ],
  [
    'sbom',
    'sbom.json',
    `{\n  "bomFormat": "CycloneDX",\n  "serialNumber": "urn:uuid:{uuid}",\n  "components": [\n${repeated(10, '    { "name": "{word}", "version": "{version}", "purl": "pkg:npm/{word}@{version}", "hashes": [{ "alg": "SHA-256", "content": "{hex:64}" }] }', ',\n')}\n  ]\n}\n`,
  ],
  [
    'storage-classes',
    'classes.yaml',
    repeated(
      3,
      'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata:\n  name: {word}\nprovisioner: rbd.csi.ceph.com\nparameters:\n  clusterID: {uuid}\n  pool: {word}\n  csi.storage.k8s.io/provisioner-secret-name: rook-csi-rbd-provisioner\n  csi.storage.k8s.io/provisioner-secret-namespace: rook-ceph\n  csi.storage.k8s.io/node-stage-secret-name: rook-csi-rbd-node\n---\n',
    ),
  ],
]
