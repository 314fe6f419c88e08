import type { FailureRule } from '../../../dialects/shared/classify.ts';

export const opencodeErrors: FailureRule[] = [
  { class: 'quota', status: 429, text: /usage limit reached|resets in \d+ (?:day|hour|minute)/i },
  { class: 'capability', status: [400, 401], text: /model \S+ (?:is )?not supported/i },
];
