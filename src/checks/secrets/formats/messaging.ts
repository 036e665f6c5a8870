import { type TokenFormat, tokenKind } from './format.ts'

/** Chat and mail. */
export const messagingFormats: readonly TokenFormat[] = [
  {
    kind: tokenKind('slack-token', 'a Slack token'),
    prefixes: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxs-', 'xoxr-', 'xoxe-'],
    body: /[\w-]{20}/y,
    source: 'https://docs.slack.dev/authentication/tokens/',
  },
  {
    kind: tokenKind('slack-app-token', 'a Slack app-level token'),
    prefixes: ['xapp-'],
    body: /\d-[A-Z0-9]{6,16}-\d{8,16}-[a-z0-9]{20}/y,
    source: 'https://docs.slack.dev/authentication/tokens/',
  },
  {
    kind: tokenKind('slack-webhook', 'a Slack webhook URL'),
    prefixes: ['hooks.slack.com/services/', 'hooks.slack.com/workflows/', 'hooks.slack.com/triggers/'],
    body: /[A-Za-z0-9+/]{40}/y,
    source: 'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/',
  },
  {
    kind: tokenKind('discord-webhook', 'a Discord webhook URL'),
    prefixes: ['/api/webhooks/'],
    body: /\d{16,20}\/[\w-]{60}/y,
    inside: true,
    source: 'https://discord.com/developers/docs/resources/webhook',
  },
  {
    kind: tokenKind('teams-webhook', 'a Microsoft Teams webhook URL'),
    prefixes: ['.webhook.office.com/webhookb2/'],
    body: /[\w@-]{60,90}\/IncomingWebhook\/[a-z0-9]{32}/y,
    inside: true,
    source: 'gitleaks rule microsoft-teams-webhook',
  },
  {
    kind: tokenKind('telegram-bot-token', 'a Telegram bot token'),
    prefixes: [':AA'],
    body: /[\w-]{33}(?![\w-])/y,
    inside: true,
    source: 'https://core.telegram.org/bots/api#authorizing-your-bot',
  },
  {
    kind: tokenKind('sendgrid-key', 'a SendGrid API key'),
    prefixes: ['SG.'],
    body: /[\w-]{22}\.[\w-]{43}/y,
    source: 'gitleaks rule sendgrid-api-token',
  },
  {
    kind: tokenKind('mailgun-key', 'a Mailgun key'),
    prefixes: ['key-'],
    body: /[a-f0-9]{32}(?![A-Za-z0-9])/y,
    source: 'gitleaks rule mailgun-private-api-token',
  },
  {
    kind: tokenKind('brevo-key', 'a Brevo API key'),
    prefixes: ['xkeysib-'],
    body: /[a-f0-9]{64}/y,
    source: 'gitleaks rule sendinblue-api-token',
  },
]
