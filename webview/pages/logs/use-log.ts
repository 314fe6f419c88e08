import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Params } from '../../../src/editor/dashboard/contract/calls.ts';
import type { TopicItem } from '../../../src/editor/dashboard/contract/topics.ts';
import type { LogLevel } from '../../../src/log/levels.ts';
import type { LogKind } from '../../../src/log/log-line.ts';
import { logMatch } from '../../../src/log/log-match.ts';
import { useApp, useTopic } from '../../app.ts';
import { EMPTY_BOOK, type LogBook, paused, resumed, withNew, withOlder, withTail } from './log-book.ts';

export interface LogQuery {
  kind: LogKind;
  level: LogLevel;
  search: string;
}

export interface Log {
  book: LogBook;
  error: Error | undefined;
  /** The gateway is not there: what is seen is what was there. */
  gone: boolean;
  again(): void;
  older(): void;
  pause(): void;
  resume(): void;
}

const PAGE = 500;

/** A log: its end, what is written to it, and older pages as they are asked for. Another query begins anew. */
export function useLog(query: LogQuery): Log {
  const { host } = useApp();
  const [book, change] = useBook();
  const [error, setError] = useState<Error>();
  const [gone, setGone] = useState(false);
  const { kind, level, search } = query;
  const matches = useMemo(() => logMatch({ level, search }), [level, search]);
  const asking = useRef<AbortController | undefined>(undefined);
  const paging = useRef(false);

  const ask = useCallback(() => {
    asking.current?.abort();
    const stop = new AbortController();
    asking.current = stop;
    host.call('logs', paramsOf({ kind, level, search }), stop.signal).then(
      (tail) => {
        setError(undefined);
        change((before) => withTail(before, tail));
      },
      (failed: Error) => stop.signal.aborted || setError(failed),
    );
  }, [host, kind, level, search, change]);

  useEffect(() => {
    change(() => EMPTY_BOOK);
    setError(undefined);
    ask();
    return () => asking.current?.abort();
  }, [ask, change]);

  const told = (items: TopicItem<'logs'>[]): void => {
    for (const { is } of items) if (is !== 'line') setGone(is === 'gone');
    const lines = items.flatMap((item) => (item.is === 'line' && matches(item.line) ? [item.line] : []));
    change((before) => withNew(before, lines));
    // From here on nothing is missed: what was written until now is asked for.
    if (items.some(({ is }) => is === 'open')) ask();
  };
  useTopic('logs', { kind }, told, (over) => over && setError(over));

  const older = useCallback(() => {
    const before = book.current.lines?.[0]?.id;
    if (paging.current || before === undefined || !book.current.more) return;
    paging.current = true;
    host
      .call('logs', { ...paramsOf({ kind, level, search }), before }, asking.current?.signal)
      .then(
        (page) => change((now) => (now.lines?.[0]?.id === before ? withOlder(now, page) : now)),
        () => {},
      )
      .finally(() => {
        paging.current = false;
      });
  }, [host, kind, level, search, change, book]);

  return {
    book: book.current,
    error,
    gone,
    again: ask,
    older,
    pause: useCallback(() => change(paused), [change]),
    resume: useCallback(() => change(resumed), [change]),
  };
}

/** The book, and how it is changed: drawn once a frame, however much comes. */
function useBook(): [{ readonly current: LogBook }, (step: (before: LogBook) => LogBook) => void] {
  const book = useRef(EMPTY_BOOK);
  const frame = useRef<number | undefined>(undefined);
  const [, redraw] = useState(0);
  const change = useCallback((step: (before: LogBook) => LogBook) => {
    const next = step(book.current);
    if (next === book.current) return;
    book.current = next;
    frame.current ??= requestAnimationFrame(() => {
      frame.current = undefined;
      redraw((count) => count + 1);
    });
  }, []);
  return [book, change];
}

function paramsOf({ kind, level, search }: LogQuery): Params<'logs'> {
  return { kind, limit: PAGE, ...(level === 'debug' ? {} : { level }), ...(search.trim() === '' ? {} : { search: search.trim() }) };
}
