import { type TokenFormat, tokenKind } from './format.ts'

/** Payment, shops and other services. */
export const serviceFormats: readonly TokenFormat[] = [
  {
    kind: tokenKind('stripe-key', 'a Stripe secret key'),
    prefixes: ['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_'],
    body: /[A-Za-z0-9]{16}/y,
    source: 'https://docs.stripe.com/keys',
  },
  {
    kind: tokenKind('stripe-webhook-secret', 'a Stripe webhook secret'),
    prefixes: ['whsec_'],
    body: /[A-Za-z0-9+/]{24}/y,
    source: 'https://docs.stripe.com/webhooks',
  },
  {
    kind: tokenKind('square-token', 'a Square access token'),
    prefixes: ['sq0atp-', 'sq0csp-'],
    body: /[\w-]{22}/y,
    source: 'gitleaks rule square-access-token',
  },
  {
    kind: tokenKind('square-access-token', 'a Square access token'),
    prefixes: ['EAAA'],
    body: /[\w-]{60}(?![\w-])/y,
    source: 'gitleaks rule square-access-token',
  },
  {
    kind: tokenKind('shopify-token', 'a Shopify token'),
    prefixes: ['shpat_', 'shpss_', 'shpca_', 'shppa_', 'shptka_'],
    body: /[a-fA-F0-9]{32}/y,
    source: 'https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens',
  },
  {
    kind: tokenKind('duffel-token', 'a Duffel token'),
    prefixes: ['duffel_test_', 'duffel_live_'],
    body: /[\w=-]{43}/y,
    source: 'gitleaks rule duffel-api-token',
  },
  {
    kind: tokenKind('shippo-token', 'a Shippo token'),
    prefixes: ['shippo_live_', 'shippo_test_'],
    body: /[a-f0-9]{40}/y,
    source: 'gitleaks rule shippo-api-token',
  },
  {
    kind: tokenKind('easypost-key', 'an EasyPost key'),
    prefixes: ['EZAK', 'EZTK'],
    body: /[A-Za-z0-9]{54}/y,
    source: 'gitleaks rule easypost-api-token',
  },
  {
    kind: tokenKind('flexport-token', 'a Flexport token'),
    prefixes: ['shltm_'],
    body: /[\w-]{40}/y,
    source: 'kingfisher rule kingfisher.flexport',
  },
  {
    kind: tokenKind('contentful-token', 'a Contentful personal access token'),
    prefixes: ['CFPAT-'],
    body: /[\w-]{40}/y,
    source: 'https://www.contentful.com/developers/docs/references/authentication/',
  },
  {
    kind: tokenKind('linear-key', 'a Linear API key'),
    prefixes: ['lin_api_'],
    body: /[A-Za-z0-9]{40}/y,
    source: 'gitleaks rule linear-api-key',
  },
  {
    kind: tokenKind('notion-token', 'a Notion token'),
    prefixes: ['ntn_'],
    body: /\d{11}[A-Za-z0-9]{35}/y,
    source: 'gitleaks rule notion-api-token',
  },
  {
    kind: tokenKind('notion-secret', 'a Notion token'),
    prefixes: ['secret_'],
    body: /(?=[A-Za-z]{0,42}\d)[A-Za-z0-9]{43}(?![A-Za-z0-9])/y,
    source: 'https://developers.notion.com/docs/authorization',
  },
  {
    kind: tokenKind('airtable-token', 'an Airtable token'),
    prefixes: ['pat'],
    body: /[A-Za-z0-9]{14}\.[a-f0-9]{64}/y,
    source: 'gitleaks rule airtable-personnal-access-token',
  },
  {
    kind: tokenKind('typeform-token', 'a Typeform token'),
    prefixes: ['tfp_'],
    body: /[\w.=-]{59}/y,
    source: 'gitleaks rule typeform-api-token',
  },
  {
    kind: tokenKind('adafruit-key', 'an Adafruit IO key'),
    prefixes: ['aio_'],
    body: /[A-Za-z0-9]{28}(?![A-Za-z0-9])/y,
    source: 'gitleaks rule adafruit-api-key',
  },
  {
    kind: tokenKind('frameio-token', 'a Frame.io token'),
    prefixes: ['fio-u-'],
    body: /[\w=-]{64}/y,
    source: 'gitleaks rule frameio-api-token',
  },
  {
    kind: tokenKind('ionic-token', 'an Ionic token'),
    prefixes: ['ion_'],
    body: /[A-Za-z0-9]{42}(?![A-Za-z0-9])/y,
    source: 'kingfisher rule kingfisher.ionic',
  },
]
