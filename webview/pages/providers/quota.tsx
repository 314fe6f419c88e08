import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { AccountView, QuotaView } from '../../../src/editor/admin/api.ts';
import { formatPercent } from '../../../src/editor/format/index.ts';
import { forecastSentence, resetWords } from '../../../src/editor/views/quota/window-words.ts';
import { useApp } from '../../app.ts';
import { windowTone } from '../../shared/window-tone.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/layout.tsx';
import { Meter } from '../../ui/meter.tsx';

type Window = QuotaView['windows'][number];

/** Its quota windows at a look; everything about them is a page of its own. */
export function Quota({ account, quota, now }: { account: AccountView; quota: readonly QuotaView[]; now: number }): VNode | null {
  const { go } = useApp();
  const windows = quota.find((entry) => entry.account === account.id)?.windows ?? [];
  const known = windows.filter(({ usedPercent, notChat }) => usedPercent !== null && !notChat);
  if (known.length === 0) return null;
  const open = <Button onClick={() => go({ page: 'quota', item: account.id })}>{l10n.t('Open Quota')}</Button>;
  return (
    <Section title={l10n.t('Quota')} actions={open}>
      <ul class="account-windows">
        {known.map((window) => (
          <QuotaWindow key={`${window.id} ${window.model ?? ''}`} window={window} now={now} />
        ))}
      </ul>
    </Section>
  );
}

function QuotaWindow({ window, now }: { window: Window; now: number }): VNode {
  const { model, usedPercent } = window;
  const label = model === null ? window.label : l10n.t('{0}, {1}', window.label, model);
  const used = l10n.t('{0} used', formatPercent(usedPercent ?? 0));
  const forecast = forecastSentence(window, now);
  return (
    <li>
      <p class="account-window">
        <span>{label}</span>
        <span class="figure">{used}</span>
      </p>
      <Meter label={label} share={(usedPercent ?? 0) / 100} text={used} tone={windowTone(window)} />
      <p class="quiet account-more">{[resetWords(window, now), forecast].filter(Boolean).join(' · ')}</p>
    </li>
  );
}
