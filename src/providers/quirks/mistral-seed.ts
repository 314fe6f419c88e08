import type { Quirk } from '../provider.ts';
import { renameField } from './body.ts';

/** Mistral calls it `random_seed`, and its schema forbids unknown fields. */
export const mistralSeed: Quirk = {
  name: 'mistral-seed',
  when: ({ dialect }) => dialect === 'openai-chat',
  apply: (body) => renameField(body, 'seed', 'random_seed'),
};
