import type { DialectId } from '../../src/conversation/dialect-id.ts';
import { providerById } from '../../src/providers/catalogue.ts';
import type { Target } from '../../src/routing/target.ts';

/** A target of an account that exists only in a test. */
export function targetFor(options: { account: string; model?: string; provider?: string; dialect?: DialectId; baseUrl?: string }): Target {
  const { account, model = 'model', provider: id = 'openai', dialect = 'openai-chat', baseUrl } = options;
  const provider = providerById(id);
  if (!provider) throw new Error(`no provider ${id}`);
  const config = {
    id: account,
    provider: id,
    name: account,
    priority: 1,
    enabled: true,
    proxy: null,
    ...(baseUrl === undefined ? {} : { baseUrl }),
  };
  const endpoint = provider.endpoints[dialect] ?? { baseUrl: 'http://127.0.0.1:9' };
  return { account: { config, provider, prefix: provider.prefix }, model, name: `${provider.prefix}/${model}`, dialect, endpoint };
}
