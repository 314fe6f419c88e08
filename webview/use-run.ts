import { useCallback } from 'preact/hooks';
import type { Params } from '../src/editor/dashboard/contract/calls.ts';
import type { ItemRef } from '../src/editor/views/item.ts';
import { useApp } from './app.ts';
import { errorOf } from './host/thrown.ts';

/** One the page may run. */
export type PageCommand = Params<'run'>['command'];
export type Run = (command: PageCommand, ref?: ItemRef) => Promise<void>;

/** Runs a command of the editor's; resolves when it is over. What goes wrong in it, it says itself. */
export function useRun(): Run {
  const { host } = useApp();
  return useCallback(
    async (command, ref) => {
      try {
        await host.call('run', { command, ...(ref ? { ref: { ...ref } } : {}) });
      } catch (error) {
        host.failed(`${command}: ${errorOf(error).message}`);
      }
    },
    [host],
  );
}
