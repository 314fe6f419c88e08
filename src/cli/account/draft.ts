import { draftAccount } from '../../accounts/manage.ts';
import type { AccountConfig } from '../../config/schema.ts';
import { nearestProviders, providerById } from '../../providers/catalogue.ts';
import type { Provider } from '../../providers/provider.ts';
import { usageOf } from '../help.ts';
import { UsageError } from '../io.ts';
import { NONE } from '../options.ts';
import { headroomFrom, type LimitValues, limitsFrom, priorityFrom } from './values.ts';

export interface DraftValues extends LimitValues {
  name?: string;
  'base-url'?: string;
  prefix?: string;
  param?: string[];
  proxy?: string;
  priority?: string;
  headroom?: string;
}

/** The provider a person means; throws with what comes nearest. */
export function providerNamed(id: string | undefined): Provider {
  if (!id) throw new UsageError(`a provider is missing; "omniroute providers" lists them\n${usageOf('account add')}`);
  const provider = providerById(id);
  if (provider && !provider.offline) return provider;
  const near = nearestProviders(id, 3).map((entry) => entry.id);
  throw new UsageError(
    `unknown provider "${id}"${near.length > 0 ? `; nearest: ${near.join(', ')}` : ''}. "omniroute providers" lists them all`,
  );
}

/** A new account without its credential, as the options say it. Throws UsageError in the words of the options, ManageError for bad values. */
export function draft(provider: Provider, values: DraftValues): AccountConfig {
  const parameters = parametersFrom(values.param ?? []);
  refuseMissing(provider, values, parameters);
  const limits = limitsFrom(values);
  const headroom = headroomFrom(values.headroom);
  const priority = priorityFrom(values.priority);
  return draftAccount({
    provider: provider.id,
    name: values.name ?? provider.id,
    ...(values.prefix ? { prefix: values.prefix } : {}),
    ...(values['base-url'] ? { baseUrl: values['base-url'] } : {}),
    ...(Object.keys(parameters).length > 0 ? { parameters } : {}),
    ...(priority === undefined ? {} : { priority }),
    ...(limits ? { limits: withoutNull(limits) } : {}),
    ...(typeof headroom === 'number' ? { headroom } : {}),
    proxy: values.proxy === undefined || values.proxy === NONE ? null : values.proxy,
  });
}

function withoutNull(limits: Record<string, number | null>): Record<string, number> {
  return Object.fromEntries(Object.entries(limits).flatMap(([field, value]) => (value === null ? [] : [[field, value]])));
}

function refuseMissing(provider: Provider, values: DraftValues, parameters: Record<string, string>): void {
  if (provider.customBaseUrl && !values['base-url']) throw new UsageError(`${provider.id} needs --base-url URL`);
  const missing = (provider.parameters ?? []).filter(
    (wanted) =>
      wanted.name !== 'baseUrl' && !wanted.optional && !wanted.derived && wanted.default === undefined && !parameters[wanted.name],
  );
  if (missing.length === 0) return;
  const texts = missing.map((wanted) => `--param ${wanted.name}=… (${wanted.label}, such as ${wanted.example})`);
  throw new UsageError(`${provider.id} needs ${texts.join(' and ')}`);
}

function parametersFrom(pairs: readonly string[]): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals <= 0) throw new UsageError(`--param takes NAME=VALUE, not "${pair}"`);
    parameters[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  return parameters;
}
