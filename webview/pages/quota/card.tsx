import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { formatMoment, formatTime } from '../../../src/editor/format/index.ts';
import { useNow } from '../../app.ts';
import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PlaceLink } from '../../ui/link.tsx';
import { Meter } from '../../ui/meter.tsx';
import { Pill } from '../../ui/pill.tsx';
import { Warning } from '../../ui/states.tsx';
import { toneIcon } from '../../ui/tone.ts';
import { useMarked } from '../../ui/use-marked.ts';
import type { QuotaCard, WindowLine } from './cards.ts';
import type { ReadState } from './reading.ts';

interface Props {
  card: QuotaCard;
  /** The provider's name, where the account's does not say it; `undefined`: not known yet. */
  provider: string | undefined;
  isMarked: boolean;
  state: ReadState | undefined;
  read(): void;
}

/** One account: its windows, and what is to be said of them. */
export function AccountQuota({ card, provider, isMarked, state, read }: Props): VNode {
  const { account, plan, windows, error, silence } = card;
  const element = useMarked<HTMLElement>(isMarked);
  return (
    <section ref={element} tabIndex={-1} class={`quota-card${isMarked ? ' marked' : ''}`} aria-label={account.name}>
      <header class="quota-head">
        <div class="quota-who">
          <h2>
            <PlaceLink to={{ page: 'providers', item: account.id }}>{account.name}</PlaceLink>
          </h2>
          {provider !== undefined && <span class="quiet">{provider}</span>}
          {plan !== undefined && <Pill icon="star-empty">{plan}</Pill>}
          {!account.enabled && <Pill icon="circle-slash">{l10n.t('off')}</Pill>}
          <span class="quota-read quiet">{state?.is === 'reading' ? l10n.t('reading…') : card.read}</span>
        </div>
        <IconButton
          icon="refresh"
          label={l10n.t('Read the Quota of {0} Now', account.name)}
          disabled={state?.is === 'reading'}
          onClick={read}
        />
      </header>
      {windows.map((line) => (
        <WindowView key={line.key} line={line} account={account.name} />
      ))}
      {silence !== undefined && <p class="quiet">{silence}</p>}
      {error !== undefined && <Warning text={error} />}
      {state?.is === 'failed' && <Warning text={state.message} />}
      <p class="said" role="status">
        {state?.is === 'done' ? l10n.t('The quota of {0} is read.', account.name) : ''}
      </p>
    </section>
  );
}

function WindowView({ line, account }: { line: WindowLine; account: string }): VNode {
  const { label, model, share, tone, used, left, notes } = line;
  const icon = toneIcon(tone);
  return (
    <div class="quota-window">
      <div class="quota-label">
        <span>{label}</span>
        {model !== undefined && <span class="quiet">{model}</span>}
      </div>
      <div class="quota-use">
        <span class={`quota-used figure tone-${tone}`}>
          {icon && <Icon name={icon} />}
          {used}
        </span>
        <span class="quiet figure">{left}</span>
        {share !== undefined && <Meter label={l10n.t('{0}, {1}', account, label)} share={share} text={used} tone={tone} />}
      </div>
      <WindowEnd line={line} />
      <p class="quota-notes quiet">{notes.join(' · ')}</p>
    </div>
  );
}

/** When it begins anew, and whether it lasts until then. */
function WindowEnd({ line: { reset, resetsAt, forecast, pace } }: { line: WindowLine }): VNode {
  const now = useNow(15_000);
  return (
    <div class="quota-end figure">
      {resetsAt === undefined ? (
        <span class="quiet">{l10n.t('reset not known')}</span>
      ) : (
        <time dateTime={new Date(resetsAt).toISOString()} title={formatMoment(resetsAt)}>
          {resetsAt <= now ? reset : l10n.t('{0}, at {1}', reset ?? '', formatTime(resetsAt, now))}
        </time>
      )}
      <span class="quiet">{[forecast, pace].flatMap((words) => words ?? []).join(' · ')}</span>
    </div>
  );
}
