import * as l10n from '@vscode/l10n';
import type * as z from 'zod';
import {
  maxTokensRuleSchema,
  type RulesConfig,
  reasoningRuleSchema,
  rulesSchema,
  systemPromptRuleSchema,
} from '../../../src/config/rules.ts';
import { formatCount } from '../../../src/editor/format/index.ts';
import { readWords } from './values.ts';

export type { RulesConfig };

/** The rules among the settings; what cannot be read counts as none. */
export function rulesOf(settings: Readonly<Record<string, unknown>>): RulesConfig {
  return rulesSchema.safeParse(settings.rules).data ?? rulesSchema.parse({});
}

/** A rule as it is being typed: a text for each of its fields. */
export type RuleDraft = Readonly<Record<string, string>>;

export interface RuleInput {
  id: string;
  label: string;
  hint?: string;
  /** A choice; absent: text. */
  options?: { value: string; label: string }[];
  /** Several lines. */
  long?: boolean;
}

/** One kind of rule that the config has a list of. */
export interface RuleKind {
  id: 'systemPrompts' | 'reasoning' | 'maxTokens';
  title: string;
  about: string;
  add: string;
  inputs(draft: RuleDraft): RuleInput[];
  draft(rule: unknown): RuleDraft;
  /** The rule, or what is wrong with it. */
  read(draft: RuleDraft): { ok: true; rule: unknown } | { ok: false; message: string };
  /** In a line. */
  line(rule: unknown): string;
}

const MODELS: () => RuleInput = () => ({
  id: 'models',
  label: l10n.t('For these models'),
  hint: l10n.t('Names or patterns with *, with commas between them. Empty: all.'),
});

export function ruleKinds(): RuleKind[] {
  return [systemPrompts(), reasoning(), maxTokens()];
}

function systemPrompts(): RuleKind {
  return {
    id: 'systemPrompts',
    title: l10n.t('Instructions added to every request'),
    about: l10n.t('Put before or behind what the tool itself tells the model.'),
    add: l10n.t('Add Instructions'),
    inputs: () => [
      {
        id: 'position',
        label: l10n.t('Where'),
        options: [
          { value: 'append', label: l10n.t('behind the tool’s own') },
          { value: 'prepend', label: l10n.t('before the tool’s own') },
        ],
      },
      { id: 'text', label: l10n.t('Text'), long: true },
      MODELS(),
    ],
    draft: (rule) => {
      const known = systemPromptRuleSchema.safeParse(rule).data;
      return { position: known?.position ?? 'append', text: known?.text ?? '', models: known?.models?.join(', ') ?? '' };
    },
    read: (draft) => checked(systemPromptRuleSchema, { position: draft.position, text: draft.text, ...modelsOf(draft) }),
    line: (rule) => {
      const { text = '', models } = systemPromptRuleSchema.safeParse(rule).data ?? {};
      return withModels(text.length > 80 ? `${text.slice(0, 80)}…` : text, models);
    },
  };
}

const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

function reasoning(): RuleKind {
  return {
    id: 'reasoning',
    title: l10n.t('How much models think'),
    about: l10n.t('The first rule that fits counts; without one it is as the tool asks.'),
    add: l10n.t('Add a Rule'),
    inputs: ({ mode }) => [
      {
        id: 'mode',
        label: l10n.t('How much'),
        options: [
          { value: 'passthrough', label: l10n.t('as the tool asks') },
          { value: 'auto', label: l10n.t('as the model likes') },
          { value: 'adaptive', label: l10n.t('by the size of the request') },
          { value: 'custom', label: l10n.t('always so much:') },
        ],
      },
      ...(mode === 'custom'
        ? [
            {
              id: 'effort',
              label: l10n.t('Effort'),
              options: [{ value: '', label: l10n.t('by tokens') }, ...EFFORTS.map((value) => ({ value, label: value }))],
            },
            { id: 'budget', label: l10n.t('Tokens for thoughts') },
          ]
        : []),
      MODELS(),
    ],
    draft: (rule) => {
      const known = reasoningRuleSchema.safeParse(rule).data;
      const budget = known?.budget === undefined ? '' : String(known.budget);
      return { mode: known?.mode ?? 'auto', effort: known?.effort ?? '', budget, models: known?.models?.join(', ') ?? '' };
    },
    read: ({ mode, effort, budget, ...draft }) => {
      const amount = { ...(effort ? { effort } : {}), ...(budget?.trim() ? { budget: Number(budget) } : {}) };
      return checked(reasoningRuleSchema, { mode, ...(mode === 'custom' ? amount : {}), ...modelsOf(draft) });
    },
    line: (rule) => {
      const { mode, effort, budget, models } = reasoningRuleSchema.safeParse(rule).data ?? {};
      return withModels(reasoningWord(mode, effort, budget), models);
    },
  };
}

function reasoningWord(mode: string | undefined, effort: string | undefined, budget: number | undefined): string {
  switch (mode) {
    case 'auto':
      return l10n.t('as the model likes');
    case 'adaptive':
      return l10n.t('by the size of the request');
    case 'custom':
      return budget === undefined ? l10n.t('effort {0}', effort ?? '') : l10n.t('{0} tokens for thoughts', formatCount(budget));
    default:
      return l10n.t('as the tool asks');
  }
}

function maxTokens(): RuleKind {
  return {
    id: 'maxTokens',
    title: l10n.t('Longest answers'),
    about: l10n.t('The lowest cap that fits counts.'),
    add: l10n.t('Add a Cap'),
    inputs: () => [{ id: 'cap', label: l10n.t('Tokens at most') }, MODELS()],
    draft: (rule) => {
      const known = maxTokensRuleSchema.safeParse(rule).data;
      return { cap: known ? String(known.cap) : '', models: known?.models?.join(', ') ?? '' };
    },
    read: (draft) => checked(maxTokensRuleSchema, { cap: Number(draft.cap), ...modelsOf(draft) }),
    line: (rule) => {
      const { cap = 0, models } = maxTokensRuleSchema.safeParse(rule).data ?? {};
      return withModels(l10n.t('{0} tokens at most', formatCount(cap)), models);
    },
  };
}

function modelsOf({ models = '' }: RuleDraft): { models?: string[] } {
  const patterns = readWords(models);
  return patterns.length === 0 ? {} : { models: patterns };
}

function withModels(text: string, models: readonly string[] | undefined): string {
  return models ? l10n.t('{0} (for {1})', text, models.join(', ')) : text;
}

function checked(schema: z.ZodType, rule: unknown): ReturnType<RuleKind['read']> {
  const read = schema.safeParse(rule);
  if (read.success) return { ok: true, rule: read.data };
  const [issue] = read.error.issues;
  const field = issue?.path[0];
  if (field === 'text') return { ok: false, message: l10n.t('Type the instructions.') };
  if (field === 'cap' || field === 'budget') return { ok: false, message: l10n.t('Type a whole number of tokens.') };
  if (field === undefined) return { ok: false, message: l10n.t('Choose an effort or type a number of tokens.') };
  return { ok: false, message: issue?.message ?? '' };
}
