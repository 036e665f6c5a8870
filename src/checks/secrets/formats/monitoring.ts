import { type TokenFormat, tokenKind } from './format.ts'

/** Monitoring and analytics. */
export const monitoringFormats: readonly TokenFormat[] = [
  {
    kind: tokenKind('grafana-token', 'a Grafana service account token'),
    prefixes: ['glsa_'],
    body: /[A-Za-z0-9]{32}_[a-fA-F0-9]{8}/y,
    source: 'gitleaks rule grafana-service-account-token',
  },
  {
    kind: tokenKind('grafana-cloud-token', 'a Grafana Cloud token'),
    prefixes: ['glc_'],
    body: /[A-Za-z0-9+/]{32}/y,
    source: 'gitleaks rule grafana-cloud-api-token',
  },
  {
    kind: tokenKind('grafana-key', 'a Grafana API key'),
    prefixes: ['eyJrIjoi'],
    body: /[A-Za-z0-9+/]{60}/y,
    source: 'gitleaks rule grafana-api-key',
  },
  {
    kind: tokenKind('newrelic-key', 'a New Relic key'),
    prefixes: ['NRAK-', 'NRII-'],
    body: /[\w-]{27,32}/y,
    source: 'gitleaks rule new-relic-user-api-key',
  },
  {
    kind: tokenKind('sentry-token', 'a Sentry token'),
    prefixes: ['sntrys_', 'sntryu_'],
    body: /[A-Za-z0-9+/=_-]{60}/y,
    source: 'gitleaks rule sentry-org-token',
  },
  {
    kind: tokenKind('dynatrace-token', 'a Dynatrace token'),
    prefixes: ['dt0'],
    body: /[a-z]\d{2}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{64}/y,
    source: 'gitleaks rule dynatrace-api-token',
  },
  {
    kind: tokenKind('honeycomb-key', 'a Honeycomb key'),
    prefixes: ['hcaik_'],
    body: /[a-z0-9]{58}/y,
    source: 'https://docs.honeycomb.io/configure/environments/manage-api-keys/',
  },
  {
    kind: tokenKind('posthog-key', 'a PostHog personal API key'),
    prefixes: ['phx_'],
    body: /[\w-]{40}/y,
    source: 'https://posthog.com/docs/api',
  },
]
