import type { LogLine } from './api.ts';
import { logLine } from './log-shapes.ts';
import { readEach } from './read-each.ts';

/** The lines of a followed log, until it ends; rejects when it breaks off. */
export function logLinesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<LogLine> {
  return readEach(body, lineOf);
}

function lineOf(data: string): LogLine | undefined {
  try {
    const read = logLine.safeParse(JSON.parse(data));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
