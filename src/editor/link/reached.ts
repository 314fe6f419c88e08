import type { Event } from '../emitter.ts';
import type { LinkState } from './link.ts';
import { LinkError } from './link-error.ts';
import type { Reached } from './request.ts';
import { stoppedText } from './texts.ts';

/** A link as far as one can wait for its gateway. */
interface Waitable {
  readonly state: LinkState;
  readonly reached: Reached | undefined;
  readonly onDidChange: Event<unknown>;
}

/** Resolves when a gateway is there; rejects when that is given up, or stopped, and with the signal's reason. */
export function untilReached(link: Waitable, signal?: AbortSignal): Promise<Reached> {
  return new Promise((resolve, reject) => {
    const check = (): boolean => {
      const { state, reached } = link;
      if (signal?.aborted) reject(signal.reason);
      else if (reached && !reached.watch.ended) resolve(reached);
      else if (state.is === 'failed') reject(new LinkError(state.reason, state.message));
      else if (state.is === 'stopped') reject(new LinkError('stopped', stoppedText()));
      else return false;
      return true;
    };
    if (check()) return;
    const listening = link.onDidChange(() => settle());
    const settle = (): void => {
      if (!check()) return;
      listening.dispose();
      signal?.removeEventListener('abort', settle);
    };
    signal?.addEventListener('abort', settle, { once: true });
  });
}
