import { type TokenFormat, tokenKind } from './format.ts'

/** Cloud providers and what runs on them. */
export const cloudFormats: readonly TokenFormat[] = [
  {
    kind: tokenKind('aws-access-key', 'an AWS access key ID'),
    prefixes: ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
    body: /[A-Z2-7]{16}(?![A-Za-z0-9])/y,
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
  },
  {
    kind: tokenKind('aws-bedrock-key', 'an Amazon Bedrock API key'),
    prefixes: ['ABSKQmVkcm9ja0FQSUtleS'],
    body: /[A-Za-z0-9+/]{80}/y,
    source: 'gitleaks rule aws-amazon-bedrock-api-key-long-lived',
  },
  {
    kind: tokenKind('gcp-api-key', 'a Google API key'),
    prefixes: ['AIza'],
    body: /[\w-]{35}(?![\w-])/y,
    source: 'gitleaks rule gcp-api-key',
  },
  {
    kind: tokenKind('gcp-oauth-secret', 'a Google OAuth client secret'),
    prefixes: ['GOCSPX-'],
    body: /[\w-]{28}/y,
    source: 'https://developers.google.com/identity/protocols/oauth2',
  },
  {
    kind: tokenKind('gcp-oauth-token', 'a Google OAuth access token'),
    prefixes: ['ya29.'],
    body: /[\w-]{30}/y,
    source: 'https://developers.google.com/identity/protocols/oauth2',
  },
  {
    kind: tokenKind('azure-client-secret', 'a Microsoft Entra client secret'),
    prefixes: ['8Q~', '7Q~'],
    body: /[\w.~-]{31,34}(?![\w.~-])/y,
    inside: true,
    source: 'gitleaks rule azure-ad-client-secret',
  },
  {
    kind: tokenKind('azure-storage-key', 'an Azure storage account key'),
    prefixes: ['AccountKey='],
    body: /[A-Za-z0-9+/]{86}==/y,
    source: 'https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string',
  },
  {
    kind: tokenKind('azure-shared-access-key', 'an Azure shared access key'),
    prefixes: ['SharedAccessKey='],
    body: /[A-Za-z0-9+/]{42,44}=/y,
    source: 'https://learn.microsoft.com/azure/service-bus-messaging/service-bus-sas',
  },
  {
    kind: tokenKind('alibaba-access-key', 'an Alibaba Cloud access key ID'),
    prefixes: ['LTAI'],
    body: /[A-Za-z0-9]{17,21}(?![A-Za-z0-9])/y,
    source: 'gitleaks rule alibaba-access-key-id',
  },
  {
    kind: tokenKind('digitalocean-token', 'a DigitalOcean token'),
    prefixes: ['dop_v1_', 'doo_v1_', 'dor_v1_'],
    body: /[a-f0-9]{64}/y,
    source: 'gitleaks rule digitalocean-pat',
  },
  {
    kind: tokenKind('cloudflare-token', 'a Cloudflare origin CA key'),
    prefixes: ['v1.0-'],
    body: /[a-f0-9]{24}-[a-f0-9]{146}/y,
    source: 'gitleaks rule cloudflare-origin-ca-key',
  },
  {
    kind: tokenKind('heroku-key', 'a Heroku API key'),
    prefixes: ['HRKU-'],
    body: /[\w-]{36}/y,
    source: 'gitleaks rule heroku-api-key-v2',
  },
  {
    kind: tokenKind('flyio-token', 'a Fly.io token'),
    prefixes: ['fo1_'],
    body: /[\w-]{43}/y,
    source: 'gitleaks rule flyio-access-token',
  },
  {
    kind: tokenKind('flyio-macaroon', 'a Fly.io token'),
    prefixes: ['fm2_'],
    body: /[A-Za-z0-9+/=]{100}/y,
    source: 'gitleaks rule flyio-access-token',
  },
  {
    kind: tokenKind('planetscale-token', 'a PlanetScale credential'),
    prefixes: ['pscale_tkn_', 'pscale_pw_', 'pscale_oauth_'],
    body: /[\w=.-]{32}/y,
    source: 'gitleaks rule planetscale-api-token',
  },
  {
    kind: tokenKind('supabase-token', 'a Supabase access token'),
    prefixes: ['sbp_'],
    body: /[a-f0-9]{40}/y,
    source: 'https://supabase.com/docs/reference/api/introduction',
  },
  {
    kind: tokenKind('databricks-token', 'a Databricks token'),
    prefixes: ['dapi'],
    body: /[a-f0-9]{32}(?![A-Za-z0-9])/y,
    source: 'gitleaks rule databricks-api-token',
  },
  {
    kind: tokenKind('yandex-key', 'a Yandex Cloud API key'),
    prefixes: ['AQVN'],
    body: /[\w-]{35,38}(?![\w-])/y,
    source: 'gitleaks rule yandex-api-key',
  },
  {
    kind: tokenKind('tailscale-key', 'a Tailscale key'),
    prefixes: ['tskey-'],
    body: /[a-z]{2,12}-[A-Za-z0-9]{8,24}-[A-Za-z0-9]{16}/y,
    source: 'https://tailscale.com/kb/1085/auth-keys',
  },
  {
    kind: tokenKind('infracost-key', 'an Infracost API key'),
    prefixes: ['ico-'],
    body: /[A-Za-z0-9]{32}(?![A-Za-z0-9])/y,
    source: 'gitleaks rule infracost-api-token',
  },
]
