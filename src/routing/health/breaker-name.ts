import { normalBaseUrl } from '../../providers/base-url.ts';
import { fillUrl, parameterValues } from '../../providers/url-template.ts';
import type { Target } from '../target.ts';

/**
 * What fails together: a provider's id, with the host where accounts of one provider may have different ones (custom nodes, regions,
 * resources), and with the account's own proxy, whose death is not the provider's. Never holds a credential.
 */
export function breakerName(target: Target): string {
  const { provider, config } = target.account;
  const host = ownHost(target);
  const proxy = config.proxy ? hostOf(config.proxy) : undefined;
  return `${provider.id}${host ? ` ${host}` : ''}${proxy ? ` via ${proxy}` : ''}`;
}

/** Whether a breaker of this name belongs to the provider, or is the one meant. */
export function isBreakerOf(name: string, provider: string): boolean {
  return name === provider || name.startsWith(`${provider} `);
}

function ownHost({ account: { provider, config }, endpoint, dialect }: Target): string | undefined {
  const own = config.baseUrl?.trim() || config.parameters?.baseUrl?.trim();
  try {
    if (own) return hostOf(normalBaseUrl(own, dialect));
    if (!endpoint.baseUrl.includes('{')) return provider.customBaseUrl ? hostOf(endpoint.baseUrl) : undefined;
    return hostOf(fillUrl(provider, endpoint.baseUrl, parameterValues(provider, config)));
  } catch {
    // An account that lacks a parameter fails before any host is asked.
    return undefined;
  }
}

/** `host:port`, without what may be a user name and password. */
function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}
