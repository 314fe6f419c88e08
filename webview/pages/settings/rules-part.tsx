import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Select } from '../../ui/field.tsx';
import { RuleList } from './rule-list.tsx';
import { ruleKinds, rulesOf } from './rules.ts';
import { WordsControl } from './setting-row.tsx';
import type { SettingsDesk } from './use-settings.ts';

/** What is done to every request before it is sent on. */
export function Rules({ settings, change }: { settings: Readonly<Record<string, unknown>>; change: SettingsDesk['change'] }): VNode {
  const rules = rulesOf(settings);
  const [problems, setProblems] = useState<Readonly<Record<string, string | undefined>>>({});
  const save = async (name: string, value: unknown): Promise<string | undefined> => {
    const against = await change(['rules', name], value);
    setProblems({ ...problems, [name]: against });
    return against;
  };
  return (
    <div class="rules">
      {ruleKinds().map((kind) => (
        <RuleList key={kind.id} kind={kind} rules={rules[kind.id]} save={async (list) => await save(kind.id, list)} />
      ))}
      <WordsControl
        label={l10n.t('Providers nothing is sent to')}
        hint={l10n.t('Their ids, with commas between them.')}
        placeholder="openai, mistral"
        value={rules.blockedProviders}
        problem={problems.blockedProviders}
        save={(value) => void save('blockedProviders', value)}
      />
      <Select
        label={l10n.t('Text that poses as instructions')}
        hint={l10n.t('Looked for in results of tools and in documents.')}
        value={rules.injectionGuard}
        error={problems.injectionGuard}
        options={[
          { value: 'off', label: l10n.t('is not looked for') },
          { value: 'warn', label: l10n.t('is noted') },
          { value: 'block', label: l10n.t('is refused') },
        ]}
        onChange={(value) => void save('injectionGuard', value)}
      />
    </div>
  );
}
