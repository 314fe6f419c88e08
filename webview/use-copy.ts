import { useCallback } from 'preact/hooks';
import { useApp } from './app.ts';
import { errorOf } from './host/thrown.ts';

/** Puts a text into the clipboard; true when it is there. */
export function useCopy(): (text: string) => Promise<boolean> {
  const { host } = useApp();
  return useCallback(
    async (text) => {
      try {
        await host.call('copy', { text });
        return true;
      } catch (error) {
        host.failed(errorOf(error).message);
        return false;
      }
    },
    [host],
  );
}
