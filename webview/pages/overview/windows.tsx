import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useApp, useNow, useSlice } from '../../app.ts';
import { Icon } from '../../ui/icon.tsx';
import { Section } from '../../ui/layout.tsx';
import { PlaceLink } from '../../ui/link.tsx';
import { Meter } from '../../ui/meter.tsx';
import { toneIcon } from '../../ui/tone.ts';
import { type TightWindow, tightest } from './tight.ts';

/** The windows of quotas that run out first. */
export function Windows(): VNode {
  const accounts = useSlice('accounts') ?? [];
  const quota = useSlice('quota') ?? [];
  const now = useNow(15_000);
  const windows = tightest(accounts, quota, now);
  return (
    <Section title={l10n.t('Quota')} actions={<PlaceLink to={{ page: 'quota' }}>{l10n.t('All Quotas')}</PlaceLink>}>
      {windows.length === 0 ? (
        <p class="quiet">{l10n.t('No account has told of a quota yet.')}</p>
      ) : (
        <ul class="tight-list">
          {windows.map((entry) => (
            <li key={`${entry.account.id} ${entry.window.id} ${entry.window.model}`}>
              <TightLine {...entry} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function TightLine({ account, window, tone, used, reset, forecast }: TightWindow): VNode {
  const { go } = useApp();
  const icon = toneIcon(tone);
  const label = l10n.t('{0}, {1}', account.name, window.label);
  return (
    <button type="button" class="tight-line" onClick={() => go({ page: 'quota', item: account.id })}>
      <span class="tight-names">
        <span class="now-name">{account.name}</span>
        <span class="quiet">{window.model === null ? window.label : l10n.t('{0}, {1}', window.label, window.model)}</span>
      </span>
      <span class={`tight-used figure tone-${tone}`}>
        {icon && <Icon name={icon} />}
        {used}
      </span>
      <span class="tight-meter">
        <Meter label={label} share={(window.usedPercent ?? 0) / 100} text={used} tone={tone} />
      </span>
      <span class="tight-notes quiet figure">
        <span>{forecast ?? ''}</span>
        <span>{reset ?? ''}</span>
      </span>
    </button>
  );
}
