import type { DialectId } from '../conversation/dialect-id.ts';
import { GatewayError } from '../conversation/error.ts';

/** Paths a user may have copied along with the base URL. */
const COPIED_PATH = /\/(?:chat\/completions|completions|responses|messages(?:\/count_tokens)?|models(?:\/[^/]*:\w+)?)$/;

/** The native APIs of Cohere and Ollama end in a word that may well belong to another host's base URL. */
const COPIED_CHAT = /\/chat$/;

const VERSION = /\/v\d+\w*$/;

function versionFor(dialect: DialectId, path: string): string {
  if (VERSION.test(path)) return '';
  switch (dialect) {
    case 'openai-chat':
    case 'openai-responses':
      // An OpenAI base URL is used as it is (`https://host/openai`); only a bare host lacks its `/v1` for sure.
      return path === '' ? '/v1' : '';
    case 'anthropic-messages':
      // ANTHROPIC_BASE_URL and GOOGLE_GEMINI_BASE_URL are written without a version, and their SDKs add it.
      return '/v1';
    case 'gemini':
      return '/v1beta';
    case 'cohere-chat':
      return path === '' ? '/v2' : '';
    case 'ollama':
      return path === '' ? '/api' : '';
    default:
      return '';
  }
}

/**
 * A base URL as a user types it, in the form endpoints have: no trailing slash, no query, no copied request path, with the version
 * segment where it is surely missing. Throws `GatewayError` (`auth`) for what is no http(s) URL.
 */
export function normalBaseUrl(text: string, dialect: DialectId): string {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new GatewayError({
      class: 'auth',
      code: 'account_base_url',
      message: `"${text}" is no http(s) URL. Edit the account to set its base URL.`,
    });
  }
  const copied = dialect === 'cohere-chat' || dialect === 'ollama' ? COPIED_CHAT : COPIED_PATH;
  const path = url.pathname.replace(/\/+$/, '').replace(copied, '').replace(/\/+$/, '');
  return `${url.origin}${path}${versionFor(dialect, path)}`;
}
