import type { DashboardDeps, Topics } from '../deps.ts';

/** That a tool was seen as it had not been before, whoever looked. */
export function toolsTopic({ tools }: DashboardDeps): Topics['tools'] {
  return (_params, tell, signal) =>
    new Promise((resolve) => {
      const listening = tools.onDidChange(() => tell({}));
      signal.addEventListener(
        'abort',
        () => {
          listening.dispose();
          resolve();
        },
        { once: true },
      );
    });
}
