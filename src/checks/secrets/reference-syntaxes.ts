/** How configuration refers to a secret that is elsewhere. Compared without regard to case. */

interface Marks {
  readonly source: string
  readonly marks: readonly string[]
}

/** A value that begins with one of these refers to a secret elsewhere, or is the public half of one. */
export const referencePrefixes: readonly Marks[] = [
  { source: 'https://bank-vaults.dev/docs/mutating-webhook/', marks: ['vault:', '>>vault:'] },
  { source: 'https://developer.hashicorp.com/vault/docs', marks: ['{vault}', 'bao:', 'vault.', 'vault('] },
  { source: 'https://github.com/helmfile/vals', marks: ['ref+', 'secretref+'] },
  { source: 'https://developer.1password.com/docs/cli/secret-reference-syntax/', marks: ['op://'] },
  { source: 'https://bitwarden.com/help/secrets-manager-cli/', marks: ['bws:', 'bitwarden:'] },
  {
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/',
    marks: ['arn:aws', 'awssm:', 'aws-sm:', 'secretsmanager:', '/aws/reference/secretsmanager/', '{{resolve:'],
  },
  {
    source: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html',
    marks: ['awsps:', 'ssm:', 'ssm-secure:', 'awsparamstore:', 'aws-ssm:', 'parameterstore:'],
  },
  { source: 'https://docs.aws.amazon.com/kms/latest/developerguide/', marks: ['kms:', 'awskms:', 'gcpkms:'] },
  {
    source: 'https://docs.cloud.google.com/secret-manager/docs',
    marks: ['gcp:', 'gcpsm:', 'gcp-sm:', 'gsm:', 'gcpsecretmanager:', 'sm://', 'projects/'],
  },
  {
    source: 'https://learn.microsoft.com/azure/app-service/app-service-key-vault-references',
    marks: ['@microsoft.keyvault(', 'azurekeyvault', 'akv:', 'keyvault:', 'azkv:', 'kv://', 'keyvaultref:'],
  },
  { source: 'https://docs.spring.io/spring-cloud-config/docs/current/reference/html/', marks: ['{cipher}'] },
  { source: 'http://www.jasypt.org/encrypting-configuration.html', marks: ['enc('] },
  { source: 'https://getsops.io/docs/', marks: ['enc[', 'sops:'] },
  { source: 'https://docs.ansible.com/ansible/latest/vault_guide/', marks: ['$ansible_vault', '!vault'] },
  { source: 'https://docs.cyberark.com/conjur-open-source/', marks: ['!var ', '!var:', 'conjur:'] },
  { source: 'https://docs.doppler.com/docs', marks: ['doppler:', 'doppler://'] },
  { source: 'https://infisical.com/docs', marks: ['infisical:', 'infisical://'] },
  { source: 'https://docs.akeyless.io/docs', marks: ['akeyless:'] },
  { source: 'https://www.keepersecurity.com/docs/', marks: ['keeper://'] },
  { source: 'https://docs.delinea.com/', marks: ['dsv:', 'tss:'] },
  { source: 'https://www.passwordstore.org/', marks: ['gopass:', 'pass:', 'keyring:', 'keychain:'] },
  { source: 'https://docs.datadoghq.com/agent/configuration/secrets-management/', marks: ['enc['] },
  { source: 'https://www.ibm.com/docs/was-liberty/', marks: ['{xor}', '{aes}'] },
  { source: 'https://maven.apache.org/guides/mini/guide-encryption.html', marks: ['{env.'] },
  { source: 'https://docs.wildfly.org/', marks: ['${vault::', 'credentialreference'] },
  { source: 'https://kafka.apache.org/documentation/#config_providers', marks: ['${file:', '${secrets:'] },
  { source: 'https://docs.docker.com/engine/swarm/secrets/', marks: ['docker-secret:', 'secretfile:'] },
  { source: 'https://docs.dapr.io/operations/components/component-secrets/', marks: ['secretkeyref', 'secretstore:'] },
  {
    source: 'references by a scheme of their own in several projects',
    marks: [
      'secretref',
      'secret:',
      'secret://',
      'secret[',
      'secret/',
      'secrets/',
      'secrets.',
      'secret.',
      'ref:',
      'cred:',
    ],
  },
  {
    source: 'https://kubernetes.io/docs/concepts/configuration/secret/',
    marks: ['k8s:', 'k8s://', 'kubernetes:', 'valuefrom', 'file:', 'file(', 'env:', 'env.', 'env/', 'urn:'],
  },
  { source: 'https://spiffe.io/docs/latest/spiffe-about/spiffe-concepts/', marks: ['spiffe:'] },
  {
    source: 'RFC 4253, public keys',
    marks: ['ssh-rsa', 'ssh-ed25519', 'ssh-dss', 'ecdsa-sha2', 'sk-ssh-', 'sk-ecdsa-'],
  },
  { source: 'https://docs.stripe.com/keys, publishable keys', marks: ['pk_live_', 'pk_test_', 'phc_'] },
  { source: 'https://docs.mapbox.com/help/dive-deeper/access-tokens/, public tokens', marks: ['pk.eyj'] },
  { source: 'PEM blocks: a private one is found by its own rule', marks: ['-----begin '] },
]

/** Two marks, what stands between which is filled in later by a template engine, a shell or a program. */
interface Template {
  readonly source: string
  readonly open: string
  readonly close: string
}

/** Longer marks stand before shorter ones that they begin with. */
export const templates: readonly Template[] = [
  { source: 'https://docs.github.com/actions/learn-github-actions/contexts', open: '${{', close: '}}' },
  { source: 'POSIX shell, Compose, Maven, Spring, Terraform', open: '${', close: '}' },
  { source: 'https://kubernetes.io/docs/tasks/inject-data-application/', open: '$(', close: ')' },
  { source: 'https://learn.microsoft.com/azure/devops/pipelines/process/variables', open: '$[', close: ']' },
  { source: 'Helm, Go templates, Jinja, Mustache, consul-template', open: '{{', close: '}}' },
  { source: 'https://jinja.palletsprojects.com/, statements', open: '{%', close: '%}' },
  { source: 'ERB and EJS', open: '<%', close: '%>' },
  { source: 'https://developer.hashicorp.com/terraform/language/expressions/strings', open: '%{', close: '}' },
  { source: 'Ruby and Spring expressions', open: '#{', close: '}' },
  { source: 'Python ConfigParser and supervisord: %(ENV_X)s', open: '%(', close: ')s' },
  { source: 'https://argocd-vault-plugin.readthedocs.io/', open: '<path:', close: '>' },
  {
    source: 'https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/#variable-expansion',
    open: '$__',
    close: '}',
  },
  { source: 'https://docs.gomplate.ca/ and Octopus Deploy', open: '#[', close: ']' },
  { source: 'Documentation: <password>', open: '<', close: '>' },
  { source: 'POSIX shell, command substitution', open: '`', close: '`' },
]
