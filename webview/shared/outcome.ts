import * as l10n from '@vscode/l10n';
import type { LiveRequest } from '../../src/editor/live/snapshot.ts';
import { failureWord } from '../../src/editor/views/words.ts';
import type { Tone } from '../ui/tone.ts';

/** A state in a word, with the shape and the colour it has. */
export interface Said {
  word: string;
  icon: string;
  tone: Tone;
}

/** What a request has come to, in words. */
export function outcomeOf({ state, fallback, error, status }: Pick<LiveRequest, 'state' | 'fallback' | 'error' | 'status'>): Said {
  switch (state) {
    case 'running':
      return { word: l10n.t('asking'), icon: 'loading', tone: 'info' };
    case 'streaming':
      return { word: l10n.t('answering'), icon: 'loading', tone: 'info' };
    case 'done':
      return fallback
        ? { word: l10n.t('answered after a fall-back'), icon: 'git-compare', tone: 'warning' }
        : { word: l10n.t('answered'), icon: 'pass', tone: 'good' };
    case 'failed':
      return { word: failedWord(error, status), icon: 'error', tone: 'bad' };
    case 'cancelled':
      return { word: l10n.t('cancelled by the tool'), icon: 'circle-slash', tone: 'neutral' };
  }
}

function failedWord(error: LiveRequest['error'], status: number | undefined): string {
  const word = error ? failureWord(error) : l10n.t('failed');
  return status === undefined || status < 400 ? word : l10n.t('{0} (status {1})', word, status);
}
