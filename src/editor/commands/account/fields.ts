import * as l10n from '@vscode/l10n';
import type { Provider, ProviderParameter } from '../../../providers/provider.ts';
import type { AccountView } from '../../admin/api.ts';
import { formatCount, formatPercent } from '../../format/index.ts';
import { error, type Problem } from '../../input/ui.ts';
import { baseUrlProblem } from '../add-provider/address-text.ts';
import { nameProblem, parameterProblem } from '../add-provider/draft.ts';
import {
  problemOf,
  type Read,
  readCount,
  readGap,
  readPatterns,
  readPercent,
  readPrefix,
  readPriority,
  readProxy,
} from './field-values.ts';

/** Something of an account that can be edited in an input box. */
export interface Field {
  id: string;
  label: string;
  icon: string;
  /** Its value as the menu shows it. */
  shown: string;
  prompt: string;
  placeholder?: string;
  /** What the box starts with. */
  text: string;
  check(text: string): Problem | undefined;
  /** The merge patch that sets it. */
  patch(text: string): Record<string, unknown>;
}

/** What of a provider tells which fields its accounts have. */
export type FieldProvider = Pick<Provider, 'customBaseUrl' | 'parameters'>;

/** What can be edited of an account, in the order of the menu. `names`: of the provider's other accounts. */
export function fieldsOf(account: AccountView, provider: FieldProvider | undefined, names: readonly string[]): Field[] {
  return [
    nameField(account, names),
    read('prefix', readPrefix, (prefix) => ({ prefix }), {
      label: l10n.t('Prefix'),
      icon: 'tag',
      shown: `${account.prefix ?? ''}/…`,
      prompt: l10n.t('The first part of its model names. Combos, aliases and rules that name it follow. Empty: the provider’s own.'),
      text: account.prefix ?? '',
    }),
    baseUrlField(account, provider),
    ...(provider?.parameters ?? [])
      .filter(({ name, derived }) => name !== 'baseUrl' && !derived)
      .map((entry) => parameterField(account, entry)),
    proxyField(account),
    read('priority', readPriority, (priority) => ({ priority }), {
      label: l10n.t('Priority'),
      icon: 'list-ordered',
      shown: formatCount(account.priority),
      prompt: l10n.t('Accounts with a smaller number are asked first.'),
      text: String(account.priority),
    }),
    ...limitFields(account),
    ...modelFields(account),
  ];
}

type Look = Pick<Field, 'label' | 'icon' | 'shown' | 'prompt' | 'text' | 'placeholder'>;

function read<T>(id: string, reader: (text: string) => Read<T>, patch: (value: T | null) => Record<string, unknown>, look: Look): Field {
  return {
    id,
    ...look,
    check: (text) => problemOf(reader(text)),
    patch: (text) => {
      const value = reader(text);
      return value.ok ? patch(value.value) : {};
    },
  };
}

function nameField(account: AccountView, names: readonly string[]): Field {
  return {
    id: 'name',
    label: l10n.t('Name'),
    icon: 'edit',
    shown: account.name,
    prompt: l10n.t('A name for this account'),
    text: account.name,
    check: (text) => nameProblem(text, names),
    patch: (text) => ({ name: text.trim() }),
  };
}

function baseUrlField({ baseUrl }: AccountView, provider: FieldProvider | undefined): Field {
  const required = provider?.customBaseUrl === true;
  return {
    id: 'baseUrl',
    label: l10n.t('Base URL'),
    icon: 'link',
    shown: baseUrl ?? l10n.t('the provider’s own'),
    prompt: required ? l10n.t('Base URL of the endpoint') : l10n.t('Base URL in place of the provider’s own. Empty: the provider’s own.'),
    text: baseUrl ?? '',
    check: (text) => {
      if (text.trim() !== '') return baseUrlProblem(text);
      return required ? error(l10n.t('This endpoint needs an address.')) : undefined;
    },
    patch: (text) => ({ baseUrl: text.trim() || null }),
  };
}

function parameterField({ parameters = {} }: AccountView, parameter: ProviderParameter): Field {
  const { name, label, example } = parameter;
  const value = parameters[name];
  const standard = parameter.default;
  return {
    id: `parameters.${name}`,
    label,
    icon: 'symbol-parameter',
    shown: value ?? standard ?? none(),
    prompt: standard === undefined ? label : l10n.t('{0}. Empty: {1}.', label, standard),
    placeholder: example,
    text: value ?? '',
    check: (text) => parameterProblem(standard === undefined ? parameter : { ...parameter, optional: true }, text),
    patch: (text) => ({ parameters: { [name]: text.trim() || null } }),
  };
}

function proxyField({ proxy }: AccountView): Field {
  return read('proxy', readProxy, (value) => ({ proxy: value }), {
    label: l10n.t('Proxy'),
    icon: 'arrow-swap',
    shown: proxy ?? none(),
    prompt: l10n.t('Proxy of this account alone: http, https or socks5. A password it has is not shown here. Empty: none.'),
    placeholder: 'http://proxy.example.com:8080',
    text: proxy ?? '',
  });
}

function limitFields({ limits = {}, headroom }: AccountView): Field[] {
  const count = (id: keyof typeof limits, icon: string, label: string, prompt: string): Field => {
    const value = limits[id];
    const shown = value === undefined ? none() : formatCount(value);
    const text = value === undefined ? '' : String(value);
    return read(`limits.${id}`, id === 'minGapMs' ? readGap : readCount, (given) => ({ limits: { [id]: given } }), {
      label,
      icon,
      shown,
      prompt,
      text,
    });
  };
  return [
    count('rpm', 'dashboard', l10n.t('Requests a minute'), l10n.t('Requests a minute at most. Empty: as the provider says.')),
    count('tpm', 'dashboard', l10n.t('Tokens a minute'), l10n.t('Tokens a minute at most, input and output. Empty: as the provider says.')),
    count(
      'maxConcurrent',
      'layers',
      l10n.t('Requests at the same time'),
      l10n.t('Requests under way at the same time at most. Empty: any.'),
    ),
    count('minGapMs', 'watch', l10n.t('Pause between requests (ms)'), l10n.t('Least time between two requests, in ms. Empty: none.')),
    read('headroom', readPercent, (value) => ({ headroom: value }), {
      label: l10n.t('Left unused'),
      icon: 'pie-chart',
      shown: headroom === undefined ? none() : formatPercent(headroom),
      prompt: l10n.t('Per cent of each quota window that is left unused. Empty: none.'),
      text: headroom === undefined ? '' : String(headroom),
    }),
  ];
}

function modelFields({ models = {} }: AccountView): Field[] {
  const patterns = (id: 'allow' | 'deny', icon: string, label: string, prompt: string): Field => {
    const text = models[id]?.join(', ') ?? '';
    const shown = text === '' ? none() : text;
    return read(`models.${id}`, readPatterns, (given) => ({ models: { [id]: given } }), { label, icon, shown, prompt, text });
  };
  return [
    patterns(
      'allow',
      'pass',
      l10n.t('Only these models'),
      l10n.t('Models it may be used for, with commas; * stands for anything. Empty: all.'),
    ),
    patterns(
      'deny',
      'circle-slash',
      l10n.t('Never these models'),
      l10n.t('Models it may not be used for, with commas; * stands for anything.'),
    ),
  ];
}

function none(): string {
  return l10n.t('none');
}
