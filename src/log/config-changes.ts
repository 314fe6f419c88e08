import { isDeepStrictEqual } from 'node:util';
import type { AccountConfig, BudgetConfig, Config, KeyConfig, RulesConfig } from '../config/schema.ts';
import type { AuditAction, AuditChange, FieldChange } from './audit.ts';
import { fieldChanges } from './field-changes.ts';

/**
 * What differs between two configs, as the audit log tells it; in whatever way the config was changed, by hand as well. Never the value of a
 * secret, of an account's own header or of a key's hash, nor user and password of a URL, nor the text of a rule. Names of environment
 * variables are told.
 */
export function configChanges(before: Config, after: Config): AuditChange[] {
  return [
    ...accountChanges(before.accounts, after.accounts),
    ...listChanges(byKey(before.combos, nameOf), byKey(after.combos, nameOf), ['combo.saved', 'combo.saved', 'combo.removed']),
    ...listChanges(aliasesOf(before), aliasesOf(after), ['alias.saved', 'alias.saved', 'alias.removed']),
    ...routeChanges(before, after),
    ...listChanges(byKey(before.budgets, budgetName), byKey(after.budgets, budgetName), ['budget.saved', 'budget.saved', 'budget.removed']),
    ...priceChanges(before.prices, after.prices),
    ...keyChanges(before.keys, after.keys),
    ...settingsChanges(before.settings, after.settings),
  ];
}

const nameOf = ({ name }: { name: string }): string => name;

/** Rows by what they are called; of several called alike, by their number too. */
function byKey<T>(rows: readonly T[], key: (row: T) => string): Map<string, T> {
  const found = new Map<string, T>();
  for (const row of rows) {
    const name = key(row);
    let unique = name;
    for (let n = 2; found.has(unique); n += 1) unique = `${name} (${n})`;
    found.set(unique, row);
  }
  return found;
}

/** Rows added, changed and removed. */
function listChanges<T extends object>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  [added, edited, removed]: readonly [AuditAction, AuditAction, AuditAction],
): AuditChange[] {
  const changes: AuditChange[] = [];
  for (const [subject, row] of after) {
    const old = before.get(subject);
    const fields = fieldChanges(old ?? {}, row);
    if (fields.length > 0) changes.push({ what: old ? edited : added, subject, changes: fields });
  }
  for (const subject of before.keys()) if (!after.has(subject)) changes.push({ what: removed, subject });
  return changes;
}

function accountChanges(before: readonly AccountConfig[], after: readonly AccountConfig[]): AuditChange[] {
  const old = new Map(before.map((account) => [account.id, account]));
  const kept = new Set(after.map(({ id }) => id));
  const changes = after.flatMap((account) => accountChange(old.get(account.id), account));
  return [...changes, ...before.filter(({ id }) => !kept.has(id)).map(({ name }) => ({ what: 'account.removed' as const, subject: name }))];
}

function accountChange(before: AccountConfig | undefined, after: AccountConfig): AuditChange[] {
  const subject = after.name;
  if (!before) return [{ what: 'account.added', subject, changes: fieldChanges({}, safeAccount(after)) }];
  const rotated = before.rotatedAt !== after.rotatedAt && after.rotatedAt !== undefined;
  const edited = [...fieldChanges(safeAccount(before), safeAccount(after)), ...hiddenChanges(before, after)];
  return [
    ...(rotated ? [{ what: 'account.key-rotated' as const, subject }] : []),
    ...(edited.length > 0 ? [{ what: 'account.edited' as const, subject, changes: edited }] : []),
  ];
}

const HIDDEN = '[not shown]';

/** An account without anything secret; `rotatedAt` is told as an action. */
function safeAccount({ headers, credential, rotatedAt, proxy, baseUrl, ...account }: AccountConfig): object {
  return {
    ...account,
    proxy: proxy === null ? null : safeUrl(proxy),
    ...(baseUrl === undefined ? {} : { baseUrl: safeUrl(baseUrl) }),
    ...(credential === undefined ? {} : { credential: 'env' in credential ? `environment variable ${credential.env}` : 'vault' }),
    ...(headers === undefined ? {} : { headers: Object.fromEntries(Object.keys(headers).map((name) => [name, HIDDEN])) }),
  };
}

/** Changes of values that are not shown: that they changed is. */
function hiddenChanges(before: AccountConfig, after: AccountConfig): FieldChange[] {
  const fields = Object.entries(after.headers ?? {})
    .filter(([name, value]) => (before.headers?.[name] ?? value) !== value)
    .map(([name]) => `headers.${name}`);
  for (const field of ['proxy', 'baseUrl'] as const) {
    const [old, now] = [before[field] ?? '', after[field] ?? ''];
    if (old !== now && safeUrl(old) === safeUrl(now)) fields.push(`${field} (user, password or query)`);
  }
  return fields.map((field) => ({ field, before: HIDDEN, after: HIDDEN }));
}

/** A URL without user, password and query. */
function safeUrl(text: string): string {
  if (!URL.canParse(text)) return text === '' ? '' : HIDDEN;
  const url = new URL(text);
  const path = `${url.host}${url.pathname}`;
  return `${url.protocol}//${url.username || url.password ? '…@' : ''}${path}${url.search ? '?…' : ''}`;
}

function keyChanges(before: readonly KeyConfig[], after: readonly KeyConfig[]): AuditChange[] {
  const old = new Map(before.map((key) => [key.id, key]));
  const kept = new Set(after.map(({ id }) => id));
  const changes = after.flatMap((key) => keyChange(old.get(key.id), key));
  return [...changes, ...before.filter(({ id }) => !kept.has(id)).map(({ name }) => ({ what: 'key.removed' as const, subject: name }))];
}

function keyChange(before: KeyConfig | undefined, after: KeyConfig): AuditChange[] {
  const subject = after.name;
  if (!before) return [{ what: 'key.added', subject, changes: fieldChanges({}, safeKey(after)) }];
  const edited = fieldChanges(safeKey(before), safeKey(after));
  const grace = after.previous && { field: 'old key good until', after: after.previous.until };
  return [
    ...(before.hash === after.hash ? [] : [{ what: 'key.rotated' as const, subject, ...(grace ? { changes: [grace] } : {}) }]),
    ...(edited.length > 0 ? [{ what: 'key.edited' as const, subject, changes: edited }] : []),
  ];
}

function safeKey({ hash, hint, previous, createdAt, ...key }: KeyConfig): object {
  return key;
}

function aliasesOf({ aliases }: Config): Map<string, { to: string }> {
  return new Map(Object.entries(aliases).map(([name, to]) => [name, { to }]));
}

function routeChanges({ routes: before }: Config, { routes: after }: Config): AuditChange[] {
  const [old, now] = [byKey(before, ({ match }) => match), byKey(after, ({ match }) => match)];
  const changes = listChanges(old, now, ['route.saved', 'route.saved', 'route.removed']);
  const fields = orderChanges(old, now);
  return fields.length > 0 ? [...changes, { what: 'route.reordered', subject: 'routes', changes: fields }] : changes;
}

function priceChanges(before: Config['prices'], after: Config['prices']): AuditChange[] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const changes = listChanges(old, now, ['price.saved', 'price.saved', 'price.removed']);
  const fields = orderChanges(old, now);
  return fields.length > 0 ? [...changes, { what: 'price.reordered', subject: 'prices', changes: fields }] : changes;
}

/** Where those that were there and still are stand in another order. */
function orderChanges(old: ReadonlyMap<string, unknown>, now: ReadonlyMap<string, unknown>): FieldChange[] {
  const order = { before: [...old.keys()].filter((name) => now.has(name)), after: [...now.keys()].filter((name) => old.has(name)) };
  return fieldChanges({ order: order.before }, { order: order.after });
}

/** What a budget is for: it has no name. */
function budgetName({ key, account, provider, tier, period }: BudgetConfig): string {
  const scope = Object.entries({ key, account, provider, tier }).flatMap(([kind, name]) => (name === undefined ? [] : [`${kind} ${name}`]));
  return `${scope.join(', ') || 'everything'} per ${period}`;
}

/** One change for each section of the settings. */
function settingsChanges(before: Config['settings'], after: Config['settings']): AuditChange[] {
  const [old, now] = [safeSettings(before), safeSettings(after)];
  const sections = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...sections].flatMap((subject) => {
    const changes = fieldChanges({ [subject]: Reflect.get(old, subject) }, { [subject]: Reflect.get(now, subject) });
    if (subject === 'rules') changes.push(...hiddenPrompts(before.rules, after.rules, changes));
    return changes.length > 0 ? [{ what: 'settings.changed' as const, subject, changes }] : [];
  });
}

/** Another text of the same length. */
function hiddenPrompts(before: RulesConfig, after: RulesConfig, seen: readonly FieldChange[]): FieldChange[] {
  const field = 'rules.systemPrompts';
  const isSeen = isDeepStrictEqual(before.systemPrompts, after.systemPrompts) || seen.some((change) => change.field === field);
  return isSeen ? [] : [{ field, before: HIDDEN, after: HIDDEN }];
}

function safeSettings(settings: Config['settings']): object {
  return { ...settings, rules: safeRules(settings.rules) };
}

/** System prompts are the user's own words: of each only the length is told. */
function safeRules(rules: RulesConfig): object {
  return { ...rules, systemPrompts: rules.systemPrompts.map(({ text, ...rule }) => ({ ...rule, text: `${text.length} characters` })) };
}
