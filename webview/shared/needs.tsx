import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { Snapshot } from '../../src/editor/live/snapshot.ts';
import { useApp, useNow } from '../app.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Tone } from '../ui/tone.ts';
import { useCopy } from '../use-copy.ts';
import { useRun } from '../use-run.ts';
import { type Attention, attentionOf, type Step } from './attention.ts';

/** What needs the user, on top of everything; said aloud when it comes up. */
export function Needs({ standing }: { standing: Snapshot }): VNode {
  const now = useNow(15_000);
  const entries = attentionOf(standing, now);
  return (
    <div class="needs" role="status" aria-label={l10n.t('What Needs You')}>
      {entries.map((entry) => (
        <Need key={entry.key} entry={entry} />
      ))}
    </div>
  );
}

const TONES: Record<Attention['severity'], Tone> = { info: 'info', warning: 'warning', error: 'bad' };

function Need({ entry: { severity, text, buttons } }: { entry: Attention }): VNode {
  const take = useStep();
  return (
    <div class={`need tone-${TONES[severity]}`}>
      <Icon name={severity} label={severityWord(severity)} />
      <span class="need-words">{text}</span>
      <span class="actions">
        {buttons.map(({ label, step }, at) => (
          <Button key={label} kind={at === 0 ? 'primary' : 'secondary'} onClick={() => take(step)}>
            {label}
          </Button>
        ))}
      </span>
    </div>
  );
}

function severityWord(severity: Attention['severity']): string {
  switch (severity) {
    case 'info':
      return l10n.t('Note');
    case 'warning':
      return l10n.t('Warning');
    case 'error':
      return l10n.t('Error');
  }
}

function useStep(): (step: Step) => void {
  const { go } = useApp();
  const run = useRun();
  const copy = useCopy();
  return (step) => {
    switch (step.do) {
      case 'run':
        void run(step.command, step.ref);
        break;
      case 'copy':
        void copy(step.text);
        break;
      case 'go':
        go(step.place);
        break;
    }
  };
}
