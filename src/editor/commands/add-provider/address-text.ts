import * as l10n from '@vscode/l10n';
import { error, type Problem, warning } from '../../input/ui.ts';

const OWN_MACHINE = /^(?:localhost|127(?:\.\d+){3}|\[::1\]|.*\.localhost)$/;

/** What is wrong with a provider's base URL as it was typed. */
export function baseUrlProblem(text: string): Problem | undefined {
  const url = parsed(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.host === '') {
    return error(l10n.t('Enter a whole address, such as https://llm.example.com/v1.'));
  }
  if (url.username || url.password) return error(l10n.t('The address may hold no user name and no password. The key is asked for next.'));
  if (url.protocol === 'http:' && !OWN_MACHINE.test(url.hostname) && !isPrivate(url.hostname)) {
    return warning(l10n.t('Over http the key and everything you send can be read on the way. Use https where you can.'));
  }
  return undefined;
}

/** In a home or office network (RFC 1918, RFC 6762). */
function isPrivate(host: string): boolean {
  return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(host) || host.endsWith('.local');
}

/** A name for an endpoint of the user's own: its host. */
export function hostName(address: string): string {
  return parsed(address)?.hostname.replace(/^\[|\]$/g, '') ?? '';
}

function parsed(text: string): URL | undefined {
  return URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
}
