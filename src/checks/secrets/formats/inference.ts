import { type TokenFormat, tokenKind } from './format.ts'

/** More model providers. */
export const inferenceFormats: readonly TokenFormat[] = [
  {
    kind: tokenKind('openai-session-key', 'an OpenAI session key'),
    prefixes: ['sess-'],
    body: /[A-Za-z0-9]{40}(?![A-Za-z0-9])/y,
    source: 'https://platform.openai.com/docs/api-reference/authentication',
  },
  {
    kind: tokenKind('model-key', 'an API key of a model provider'),
    prefixes: ['sk-'],
    body: /(?=[A-Za-z-]{0,40}\d)(?:[a-z]{2,10}-(?:v\d-)?)?[A-Za-z0-9]{32,64}(?![A-Za-z0-9])/y,
    source: 'https://api-docs.deepseek.com/',
  },
  {
    kind: tokenKind('huggingface-org-token', 'a Hugging Face token'),
    prefixes: ['api_org_'],
    body: /[A-Za-z0-9]{34}(?![A-Za-z0-9])/y,
    source: 'https://huggingface.co/docs/hub/security-tokens',
  },
  {
    kind: tokenKind('together-key', 'a Together AI key'),
    prefixes: ['tgp_v1_'],
    body: /[\w-]{43}/y,
    source: 'https://docs.together.ai/docs/quickstart',
  },
  {
    kind: tokenKind('fireworks-key', 'a Fireworks AI key'),
    prefixes: ['fw_'],
    body: /(?=[A-Za-z]{0,23}\d)[A-Za-z0-9]{24}(?![A-Za-z0-9])/y,
    source: 'https://docs.fireworks.ai/',
  },
  {
    kind: tokenKind('cerebras-key', 'a Cerebras key'),
    prefixes: ['csk-'],
    body: /[a-z0-9]{40}/y,
    source: 'https://inference-docs.cerebras.ai/',
  },
  {
    kind: tokenKind('elevenlabs-key', 'an ElevenLabs key'),
    prefixes: ['sk_'],
    body: /[a-f0-9]{48}(?![A-Za-z0-9])/y,
    source: 'https://elevenlabs.io/docs/api-reference/authentication',
  },
  {
    kind: tokenKind('langsmith-key', 'a LangSmith key'),
    prefixes: ['lsv2_pt_', 'lsv2_sk_'],
    body: /[a-f0-9]{32}_[a-f0-9]{10}/y,
    source: 'https://docs.langchain.com/langsmith/create-account-api-key',
  },
  {
    kind: tokenKind('langfuse-key', 'a Langfuse secret key'),
    prefixes: ['sk-lf-'],
    body: /[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}/y,
    source: 'https://langfuse.com/docs',
  },
  {
    kind: tokenKind('tavily-key', 'a Tavily key'),
    prefixes: ['tvly-'],
    body: /[\w-]{32}/y,
    source: 'https://docs.tavily.com/',
  },
  {
    kind: tokenKind('firecrawl-key', 'a Firecrawl key'),
    prefixes: ['fc-'],
    body: /[a-f0-9]{32}(?![A-Za-z0-9])/y,
    source: 'https://docs.firecrawl.dev/',
  },
  {
    kind: tokenKind('jina-key', 'a Jina AI key'),
    prefixes: ['jina_'],
    body: /[A-Za-z0-9]{50}/y,
    source: 'https://jina.ai/',
  },
  {
    kind: tokenKind('voyage-key', 'a Voyage AI key'),
    prefixes: ['pa-'],
    body: /(?=[A-Za-z_-]{0,42}\d)[\w-]{43}(?![\w-])/y,
    source: 'https://docs.voyageai.com/docs/api-key-and-installation',
  },
  {
    kind: tokenKind('runpod-key', 'a RunPod key'),
    prefixes: ['rpa_'],
    body: /[A-Z0-9]{40}/y,
    source: 'https://docs.runpod.io/get-started/api-keys',
  },
  {
    kind: tokenKind('modal-token', 'a Modal token'),
    prefixes: ['ak-', 'as-'],
    body: /(?=[A-Za-z]{0,21}\d)[A-Za-z0-9]{22}(?![\w-])/y,
    source: 'https://modal.com/docs/reference/modal.config',
  },
  {
    kind: tokenKind('llamacloud-key', 'a LlamaCloud key'),
    prefixes: ['llx-'],
    body: /[A-Za-z0-9]{48}/y,
    source: 'https://developers.llamaindex.ai/',
  },
  {
    kind: tokenKind('wandb-key', 'a Weights & Biases key'),
    prefixes: ['wandb_v1_'],
    body: /[\w-]{40}/y,
    source: 'https://docs.wandb.ai/',
  },
  {
    kind: tokenKind('helicone-key', 'a Helicone key'),
    prefixes: ['sk-helicone-'],
    body: /[a-z0-9-]{20}/y,
    source: 'https://docs.helicone.ai/',
  },
  {
    kind: tokenKind('browserbase-key', 'a Browserbase key'),
    prefixes: ['bb_live_'],
    body: /[\w-]{20}/y,
    source: 'https://docs.browserbase.com/',
  },
  {
    kind: tokenKind('hex-key', 'an API key with a prefix and 64 hex digits'),
    prefixes: ['key_'],
    body: /[a-f0-9]{64}/y,
    source: 'https://cursor.com/docs/account/teams/admin-api',
  },
]
