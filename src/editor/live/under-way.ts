import type { LiveRequest } from './snapshot.ts';

/** Whether somebody is still asked, or answers. */
export function isUnderWay({ state }: Pick<LiveRequest, 'state'>): boolean {
  return state === 'running' || state === 'streaming';
}
