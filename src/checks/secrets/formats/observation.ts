import { type TokenFormat, tokenKind } from './format.ts'

/** Monitoring, incidents and analytics. */
export const observationFormats: readonly TokenFormat[] = [
  {
    kind: tokenKind('newrelic-license-key', 'a New Relic license key'),
    prefixes: ['NRAL'],
    body: /(?![A-Za-z0-9])/y,
    lead: /[a-f0-9]{32,36}$/,
    source: 'https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/',
  },
  {
    kind: tokenKind('newrelic-browser-key', 'a New Relic key'),
    prefixes: ['NRJS-', 'NRRA-', 'NRIQ-', 'NRSP-', 'NRAA-'],
    body: /[\w-]{19}/y,
    source: 'https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/',
  },
  {
    kind: tokenKind('sentry-internal-token', 'a Sentry token'),
    prefixes: ['sntryi_', 'sntrya_'],
    body: /[a-f0-9]{60}/y,
    source: 'https://docs.sentry.io/account/auth-tokens/',
  },
  {
    kind: tokenKind('honeycomb-ingest-key', 'a Honeycomb key'),
    prefixes: ['hcalk_', 'hcamk_'],
    body: /[a-z0-9]{32,58}/y,
    source: 'https://docs.honeycomb.io/configure/environments/manage-api-keys/',
  },
  {
    kind: tokenKind('axiom-token', 'an Axiom token'),
    prefixes: ['xaat-', 'xapt-'],
    body: /[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}/y,
    source: 'https://axiom.co/docs/reference/tokens',
  },
  {
    kind: tokenKind('posthog-secret', 'a PostHog key'),
    prefixes: ['phs_'],
    body: /[\w-]{40}/y,
    source: 'https://posthog.com/docs/api',
  },
  {
    kind: tokenKind('segment-token', 'a Segment token'),
    prefixes: ['sgp_'],
    body: /[A-Za-z0-9]{64}/y,
    source: 'https://segment.com/docs/api/public-api/',
  },
  {
    kind: tokenKind('checkly-key', 'a Checkly key'),
    prefixes: ['cu_'],
    body: /[a-f0-9]{32}(?![A-Za-z0-9])/y,
    source: 'https://www.checklyhq.com/docs/',
  },
  {
    kind: tokenKind('coralogix-key', 'a Coralogix key'),
    prefixes: ['cxtp_', 'cxup_'],
    body: /[A-Za-z0-9]{30}/y,
    source: 'https://coralogix.com/docs/user-guides/account-management/api-keys/api-keys/',
  },
  {
    kind: tokenKind('rootly-key', 'a Rootly key'),
    prefixes: ['rootly_'],
    body: /[a-f0-9]{64}/y,
    source: 'https://docs.rootly.com/',
  },
  {
    kind: tokenKind('pagerduty-key', 'a PagerDuty key'),
    prefixes: ['u+'],
    body: /(?=[A-Za-z_-]{0,17}\d)[\w-]{18}(?![\w-])/y,
    source: 'https://support.pagerduty.com/main/docs/api-access-keys',
  },
  {
    kind: tokenKind('zuplo-key', 'a Zuplo key'),
    prefixes: ['zpka_'],
    body: /[\w-]{32}/y,
    source: 'https://zuplo.com/docs/',
  },
  {
    kind: tokenKind('unkey-key', 'an Unkey root key'),
    prefixes: ['unkey_'],
    body: /[A-Za-z0-9]{20}/y,
    source: 'https://www.unkey.com/docs/security/root-keys',
  },
  {
    kind: tokenKind('trigger-key', 'a Trigger.dev key'),
    prefixes: ['tr_prod_', 'tr_dev_', 'tr_stg_'],
    body: /[A-Za-z0-9]{20}/y,
    source: 'https://trigger.dev/docs/apikeys',
  },
  {
    kind: tokenKind('inngest-key', 'an Inngest signing key'),
    prefixes: ['signkey-prod-', 'signkey-test-', 'signkey-branch-'],
    body: /[a-f0-9]{32}/y,
    source: 'https://www.inngest.com/docs/platform/signing-keys',
  },
  {
    kind: tokenKind('staged-secret-key', 'a secret key with a stage in it'),
    prefixes: ['sk_dev_', 'sk_staging_'],
    body: /[\w-]{32}/y,
    source: 'https://liveblocks.io/docs/authentication',
  },
  {
    kind: tokenKind('stytch-secret', 'a Stytch secret'),
    prefixes: ['secret-live-', 'secret-test-'],
    body: /[\w=-]{36}/y,
    source: 'https://stytch.com/docs/api/authentication',
  },
  {
    kind: tokenKind('jumpcloud-key', 'a JumpCloud key'),
    prefixes: ['jca_'],
    body: /[A-Za-z0-9]{36}/y,
    source: 'https://jumpcloud.com/support/jumpcloud-apis1',
  },
  {
    kind: tokenKind('persona-key', 'a Persona key'),
    prefixes: ['persona_production_', 'persona_sandbox_'],
    body: /[\w-]{36}/y,
    source: 'https://docs.withpersona.com/api-keys',
  },
  {
    kind: tokenKind('onfido-token', 'an Onfido token'),
    prefixes: ['api_live.', 'api_sandbox.', 'api_live_us.', 'api_live_ca.'],
    body: /[\w-]{11}\.[\w-]{32}/y,
    source: 'https://documentation.onfido.com/api/latest/',
  },
  {
    kind: tokenKind('authress-key', 'an Authress key'),
    prefixes: ['sc_', 'ext_', 'scauth_', 'authress_'],
    body: /[a-z0-9]{5,30}\.[a-z0-9]{4,6}\.acc[_-][a-z0-9-]{10,32}\.[\w+/=-]{30}/y,
    source: 'gitleaks rule authress-service-client-access-key',
  },
  {
    kind: tokenKind('sanity-token', 'a Sanity token'),
    prefixes: ['sk'],
    body: /(?=[A-Za-z]{0,40}\d)[A-Za-z0-9]{80}/y,
    source: 'https://www.sanity.io/docs/content-lake/http-auth',
  },
]
