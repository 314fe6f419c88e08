import { GatewayError } from '../conversation/error.ts';
import type { Provider, ProviderParameter } from './provider.ts';

/** What an account says about its host beside the key. */
export interface AccountAddress {
  /** The user's own base URL, where he gave one. */
  baseUrl?: string;
  parameters?: Record<string, string>;
}

/** The account's parameters with defaults filled in and derived ones worked out. Empty values count as not given. */
export function parameterValues(provider: Provider, account: AccountAddress): Record<string, string> {
  const values: Record<string, string> = {};
  const parameters = provider.parameters ?? [];
  for (const { name, default: standard } of parameters) {
    const value = account.parameters?.[name]?.trim() || standard;
    if (value) values[name] = value;
  }
  for (const parameter of parameters) {
    const value = derivedValue(parameter, values);
    if (value !== undefined) values[parameter.name] ??= value;
  }
  return values;
}

function derivedValue({ derived }: ProviderParameter, values: Record<string, string>): string | undefined {
  const source = derived && values[derived.from];
  if (!derived || source === undefined) return undefined;
  return derived.values[source] ?? derived.otherwise.replaceAll('{value}', source);
}

/** Names a missing or impossible parameter; the account cannot be used until the user puts it right. */
function parameterError(provider: Provider, name: string, problem: string): GatewayError {
  const label = provider.parameters?.find((parameter) => parameter.name === name)?.label ?? name;
  return new GatewayError({
    class: 'auth',
    code: 'account_parameter',
    param: name,
    message: `The ${provider.name} account ${problem} "${label}". Edit the account to set it.`,
  });
}

const HOST_TEXT = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;

/**
 * A URL template with its `{parameter}`s filled in. A value in the host part may hold only what a host name holds, so that none can
 * send the key elsewhere; anywhere else it is percent-encoded. Throws `GatewayError` (`auth`) naming a parameter that is missing.
 */
export function fillUrl(provider: Provider, template: string, values: Record<string, string>): string {
  const path = template.startsWith('http') ? template.indexOf('/', template.indexOf('//') + 2) : 0;
  return template.replace(/\{(\w+)\}/g, (_, name: string, at: number) => {
    const value = values[name];
    if (value === undefined) throw parameterError(provider, name, 'lacks');
    if (path >= 0 && at >= path) return encodeURIComponent(value);
    if (!HOST_TEXT.test(value)) throw parameterError(provider, name, 'has an unusable');
    return value;
  });
}

/** A header's value with its parameters filled in, or `undefined` where one of them is not given. */
export function fillHeader(template: string, values: Record<string, string>): string | undefined {
  let missing = false;
  const value = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (values[name] === undefined) missing = true;
    return values[name] ?? '';
  });
  return missing ? undefined : value;
}
