import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TestResult } from '../../../src/editor/admin/api.ts';
import { useApp } from '../../app.ts';

export type Tested = { is: 'running' } | { is: 'done'; result: TestResult } | { is: 'failed'; message: string };

export interface Testing {
  start(account: string): void;
  /** Gives a test up, or takes its result off the page. */
  end(account: string): void;
}

export interface Tests {
  of(account: string): Tested | undefined;
  /** The same as long as the page is shown. */
  testing: Testing;
}

/** Tests of accounts, each under way at most once; given up when the page is left. */
export function useTests(): Tests {
  const { host } = useApp();
  const [tested, setTested] = useState<ReadonlyMap<string, Tested>>(new Map());
  const running = useRef(new Map<string, AbortController>());
  useEffect(() => {
    const tests = running.current;
    return () => {
      for (const stop of tests.values()) stop.abort();
    };
  }, []);
  const testing = useMemo<Testing>(() => {
    const put = (account: string, state: Tested | undefined): void =>
      setTested((before) => {
        const next = new Map(before);
        if (state) next.set(account, state);
        else next.delete(account);
        return next;
      });
    return {
      start: (account) => {
        running.current.get(account)?.abort();
        const stop = new AbortController();
        running.current.set(account, stop);
        put(account, { is: 'running' });
        host.call('testAccount', { account }, stop.signal).then(
          (result) => put(account, { is: 'done', result }),
          (error: Error) => stop.signal.aborted || put(account, { is: 'failed', message: error.message }),
        );
      },
      end: (account) => {
        running.current.get(account)?.abort();
        put(account, undefined);
      },
    };
  }, [host]);
  return { of: (account) => tested.get(account), testing };
}
