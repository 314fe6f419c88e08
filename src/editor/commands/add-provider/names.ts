import type { AccountView } from '../../admin/api.ts';

/** `groq`, or `groq-2` when a provider's account has that name already. */
export function freeName(wanted: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  let name = wanted;
  for (let at = 2; used.has(name); at += 1) name = `${wanted}-${at}`;
  return name;
}

export function namesOf(provider: string, accounts: readonly AccountView[]): string[] {
  return accounts.filter((account) => account.provider === provider).map(({ name }) => name);
}

/** A name as the first part of model names may be: `My LLM!` becomes `my-llm`. Empty when nothing is left. */
export function prefixFrom(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 40);
}
