import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { formatMs } from '../../../../src/editor/format/index.ts';
import { isUnderWay } from '../../../../src/editor/live/under-way.ts';
import { failureWord } from '../../../../src/editor/views/words.ts';
import { useNow } from '../../../app.ts';
import type { Said } from '../../../shared/outcome.ts';
import { Icon } from '../../../ui/icon.tsx';
import type { Row } from '../list/row.ts';
import { placeOf, type Step, type Way, wayOf } from './waterfall.ts';

/** The way a request took, bar by bar; to those who do not see the bars, a table. */
export function Waterfall({ row }: { row: Row }): VNode {
  return isUnderWay(row) ? <Growing row={row} /> : <Bars way={wayOf(row, row.startedAt)} />;
}

function Growing({ row }: { row: Row }): VNode {
  return <Bars way={wayOf(row, useNow(250))} />;
}

function Bars({ way: { steps, spanMs } }: { way: Way }): VNode {
  return (
    <table class="waterfall">
      <thead class="said">
        <tr>
          <th scope="col">{l10n.t('Step')}</th>
          <th scope="col">{l10n.t('Result')}</th>
          <th scope="col">{l10n.t('Begins After')}</th>
          <th scope="col">{l10n.t('Took')}</th>
          <th scope="col">{l10n.t('Bar')}</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step, at) => (
          <StepRow key={at} step={step} spanMs={spanMs} />
        ))}
      </tbody>
    </table>
  );
}

function StepRow({ step, spanMs }: { step: Step; spanMs: number }): VNode {
  const { word, icon, tone } = resultOf(step);
  const { left, width } = placeOf(step, spanMs);
  return (
    <tr class={`waterfall-step tone-${tone}`}>
      <th scope="row" class="waterfall-name">
        <NameOf step={step} />
      </th>
      <td class="waterfall-result">
        <Icon name={icon} class={step.underWay ? 'spin' : ''} />
        {word}
      </td>
      <td class="waterfall-from figure">{l10n.t('+{0}', formatMs(step.fromMs))}</td>
      <td class="waterfall-took figure">{formatMs(step.toMs - step.fromMs)}</td>
      <td class="waterfall-track" aria-hidden="true">
        <div class={`waterfall-bar ${step.kind}`} style={{ marginInlineStart: `${left}%`, width: `${width}%` }} />
      </td>
    </tr>
  );
}

function NameOf({ step }: { step: Step }): VNode {
  switch (step.kind) {
    case 'wait':
      return <span>{l10n.t('In the gateway')}</span>;
    case 'stream':
      return <span>{l10n.t('Answer on its way')}</span>;
    case 'attempt':
      return (
        <span>
          {step.target ?? l10n.t('Next target')} <span class="quiet">{step.account}</span>
        </span>
      );
  }
}

function resultOf(step: Step): Said {
  if (step.kind === 'wait') return { word: l10n.t('waited for a turn, or paused'), icon: 'watch', tone: 'neutral' };
  if (step.kind === 'stream') {
    return step.underWay
      ? { word: l10n.t('streaming'), icon: 'loading', tone: 'info' }
      : { word: l10n.t('streamed to its end'), icon: 'arrow-down', tone: 'info' };
  }
  if (step.underWay) return { word: l10n.t('asking'), icon: 'loading', tone: 'info' };
  if (step.class === undefined) return { word: l10n.t('answered'), icon: 'pass', tone: 'good' };
  const word = failureWord(step.class);
  const told = step.status === undefined ? word : l10n.t('{0} (status {1})', word, step.status);
  return { word: told, icon: step.class === 'cancelled' ? 'circle-slash' : 'error', tone: step.class === 'cancelled' ? 'neutral' : 'bad' };
}
