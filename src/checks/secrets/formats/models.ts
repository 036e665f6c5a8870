import { type TokenFormat, tokenKind } from './format.ts'

/** Model providers. */
export const modelFormats: readonly TokenFormat[] = [
  {
    kind: tokenKind('openai-key', 'an OpenAI API key'),
    prefixes: ['T3BlbkFJ'],
    body: /[\w-]{20}/y,
    inside: true,
    source: 'gitleaks rule openai-api-key',
  },
  {
    kind: tokenKind('anthropic-key', 'an Anthropic API key'),
    prefixes: ['sk-ant-'],
    body: /[a-z]{2,6}\d{2}-[\w-]{80}/y,
    source: 'gitleaks rule anthropic-api-key',
  },
  {
    kind: tokenKind('huggingface-token', 'a Hugging Face token'),
    prefixes: ['hf_'],
    body: /[A-Za-z0-9]{34}(?![A-Za-z0-9])/y,
    source: 'https://huggingface.co/docs/hub/security-tokens',
  },
  {
    kind: tokenKind('groq-key', 'a Groq API key'),
    prefixes: ['gsk_'],
    body: /[A-Za-z0-9]{52}/y,
    source: 'https://console.groq.com/docs/quickstart',
  },
  {
    kind: tokenKind('replicate-token', 'a Replicate token'),
    prefixes: ['r8_'],
    body: /[A-Za-z0-9]{37}/y,
    source: 'https://replicate.com/docs/topics/security/api-tokens',
  },
  {
    kind: tokenKind('nvidia-key', 'an NVIDIA API key'),
    prefixes: ['nvapi-'],
    body: /[\w-]{60}/y,
    source: 'https://docs.nvidia.com/nim/',
  },
  {
    kind: tokenKind('perplexity-key', 'a Perplexity API key'),
    prefixes: ['pplx-'],
    body: /[A-Za-z0-9]{40}/y,
    source: 'gitleaks rule perplexity-api-key',
  },
  {
    kind: tokenKind('xai-key', 'an xAI API key'),
    prefixes: ['xai-'],
    body: /[A-Za-z0-9]{70}/y,
    source: 'https://docs.x.ai/docs/overview',
  },
  {
    kind: tokenKind('openrouter-key', 'an OpenRouter API key'),
    prefixes: ['sk-or-v1-'],
    body: /[a-f0-9]{64}/y,
    source: 'https://openrouter.ai/docs/api-reference/authentication',
  },
]
