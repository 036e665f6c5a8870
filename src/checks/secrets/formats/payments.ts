import { type TokenFormat, tokenKind } from './format.ts'

/** Payment providers and shops. */
export const paymentFormats: readonly TokenFormat[] = [
  {
    kind: tokenKind('stripe-production-key', 'a Stripe secret key'),
    prefixes: ['sk_prod_', 'rk_prod_', 'sk_org_'],
    body: /[A-Za-z0-9]{16}/y,
    source: 'https://docs.stripe.com/keys',
  },
  {
    kind: tokenKind('paypal-token', 'a PayPal access token'),
    prefixes: ['access_token$production$', 'access_token$sandbox$'],
    body: /[a-z0-9]{16}\$[a-f0-9]{32}/y,
    source: 'https://developer.paypal.com/braintree/docs/guides/authorization/overview',
  },
  {
    kind: tokenKind('razorpay-key', 'a Razorpay key'),
    prefixes: ['rzp_live_', 'rzp_test_'],
    body: /[A-Za-z0-9]{14}/y,
    source: 'https://razorpay.com/docs/api/authentication/',
  },
  {
    kind: tokenKind('flutterwave-key', 'a Flutterwave secret key'),
    prefixes: ['FLWSECK-', 'FLWSECK_TEST-'],
    body: /[A-Za-z0-9]{12,32}/y,
    source: 'https://developer.flutterwave.com/docs/authentication',
  },
  {
    kind: tokenKind('plaid-token', 'a Plaid access token'),
    prefixes: ['access-sandbox-', 'access-development-', 'access-production-'],
    body: /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/y,
    source: 'https://plaid.com/docs/api/tokens/',
  },
  {
    kind: tokenKind('live-key', 'a live API key (Mollie, Lob, GoCardless)'),
    prefixes: ['live_', 'sandbox_'],
    body: /(?=[A-Za-z_-]{0,42}\d)[\w-]{30,43}(?![\w-])/y,
    source: 'https://docs.mollie.com/reference/authentication',
  },
  {
    kind: tokenKind('test-key', 'a test API key (Mollie, Lob)'),
    prefixes: ['test_'],
    body: /(?=[A-Za-z]{0,34}\d)(?:[A-Za-z0-9]{30}|[a-f0-9]{35})(?![\w-])/y,
    source: 'https://docs.mollie.com/reference/authentication',
  },
  {
    kind: tokenKind('checkout-key', 'a Checkout.com secret key'),
    prefixes: ['sk_sbox_'],
    body: /[a-z0-9]{24}/y,
    source: 'https://www.checkout.com/docs/developer-resources/api/authentication',
  },
  {
    kind: tokenKind('paddle-key', 'a Paddle API key'),
    prefixes: ['pdl_live_apikey_', 'pdl_sdbx_apikey_'],
    body: /[a-z0-9]{26}_[A-Za-z0-9]{22}/y,
    source: 'https://developer.paddle.com/api-reference/about/authentication',
  },
  {
    kind: tokenKind('xendit-key', 'a Xendit secret key'),
    prefixes: ['xnd_production_', 'xnd_development_'],
    body: /[A-Za-z0-9]{40}/y,
    source: 'https://docs.xendit.co/docs/api-keys',
  },
  {
    kind: tokenKind('midtrans-key', 'a Midtrans server key'),
    prefixes: ['Mid-server-'],
    body: /[\w-]{20}/y,
    source: 'https://docs.midtrans.com/docs/midtrans-account',
  },
  {
    kind: tokenKind('omise-key', 'an Omise secret key'),
    prefixes: ['skey_test_', 'skey_live_', 'skey_'],
    body: /[a-z0-9]{19}(?![a-z0-9])/y,
    source: 'https://docs.omise.co/api-authentication',
  },
  {
    kind: tokenKind('mercadopago-token', 'a Mercado Pago access token'),
    prefixes: ['APP_USR-', 'TEST-'],
    body: /\d{12,19}-\d{6}-[a-f0-9]{32}/y,
    source: 'https://www.mercadopago.com/developers/en/docs/your-integrations/credentials',
  },
  {
    kind: tokenKind('ramp-key', 'a Ramp secret'),
    prefixes: ['ramp_sec_'],
    body: /[A-Za-z0-9]{40}/y,
    source: 'https://docs.ramp.com/',
  },
  {
    kind: tokenKind('polar-token', 'a Polar token'),
    prefixes: ['polar_oat_', 'polar_pat_'],
    body: /[\w-]{40}/y,
    source: 'https://polar.sh/docs/integrate/authentication',
  },
  {
    kind: tokenKind('asaas-key', 'an Asaas key'),
    prefixes: ['$aact_'],
    body: /[\w=:+/-]{60}/y,
    source: 'https://docs.asaas.com/docs/authentication-2',
  },
  {
    kind: tokenKind('shopify-session-token', 'a Shopify token'),
    prefixes: ['shpit_', 'shpua_'],
    body: /[a-fA-F0-9]{32}/y,
    source: 'https://shopify.dev/docs/apps/build/authentication-authorization',
  },
  {
    kind: tokenKind('settlemint-token', 'a SettleMint token'),
    prefixes: ['sm_aat_', 'sm_pat_', 'sm_sat_'],
    body: /[A-Za-z0-9]{16}/y,
    source: 'gitleaks rule settlemint-personal-access-token',
  },
  {
    kind: tokenKind('blockfrost-key', 'a Blockfrost project key'),
    prefixes: ['mainnet', 'preprod', 'preview'],
    body: /[A-Za-z0-9]{32}(?![A-Za-z0-9])/y,
    source: 'https://docs.blockfrost.io/',
  },
]
