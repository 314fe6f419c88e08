import type { FailureRule } from '../../../dialects/shared/classify.ts';

/** The words of `editor/bridge`. Turned off is no fault of the account: nothing is cooled, the next target is asked. */
export const editorErrors: FailureRule[] = [
  { class: 'capability', word: 'bridge_off' },
  { class: 'auth', word: 'consent_needed' },
];
