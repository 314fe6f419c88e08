import { EventEmitter } from 'node:events';
import { parseArgs } from 'node:util';
import { pastMoment } from '../config/duration.ts';
import { LOG_LEVELS } from '../log/entry.ts';
import { auditPath, logPath } from '../log/log-files.ts';
import { LogFollower } from '../log/log-follow.ts';
import { olderPaths, openWholeLines } from '../log/log-reader.ts';
import { tailOf } from '../log/log-tail.ts';
import { dataFolder, type Io, UsageError } from './io.ts';
import { LineReader, type Wanted } from './logs/lines.ts';
import { numberOption, oneOf } from './options.ts';

const OPTIONS = {
  follow: { type: 'boolean', short: 'f' },
  level: { type: 'string' },
  lines: { type: 'string', short: 'n' },
  json: { type: 'boolean' },
  audit: { type: 'boolean' },
  since: { type: 'string' },
  request: { type: 'string' },
  data: { type: 'string' },
} as const;
type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

/** Shown when nothing says how far back to look. */
const LINES = 100;

/**
 * `omniroute logs`: the end of the log, or of the audit log, and with `--follow` what is added until Ctrl-C, or until `stop` aborts. Reads
 * the files, so it works whether or not the gateway runs.
 */
export async function logs(args: string[], io: Io, stop?: AbortSignal): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const reader = new LineReader(wantedOf(values, io));
  const folder = dataFolder(values.data, io.env);
  const path = values.audit ? auditPath(folder) : logPath(folder);
  const current = await openWholeLines(path);
  let following = false;
  try {
    const none = !current && (await olderPaths(path)).length === 0;
    for (const text of await tailOf(path, current, reader.read, mostOf(values))) io.stdout.write(`${text}\n`);
    if (reader.damaged > 0) io.stderr.write(damagedNote(reader.damaged));
    if (none) io.stderr.write(`There is no log yet: ${path}\n`);
    following = values.follow === true;
  } finally {
    if (!following) await current?.handle.close();
  }
  if (following) await follow(new LogFollower(path, current, shownBy(reader, io)), io, stop);
  return 0;
}

function wantedOf(values: Values, io: Io): Wanted {
  if (values.audit && (values.level !== undefined || values.request !== undefined))
    throw new UsageError('--level and --request do not belong to the audit log: it has neither');
  return {
    audit: values.audit === true,
    json: values.json === true,
    colours: io.stdout.isTTY === true && !io.env.NO_COLOR && io.env.TERM !== 'dumb',
    level: values.level === undefined ? undefined : oneOf('level', values.level, LOG_LEVELS),
    since: sinceOption(values.since, Date.now()),
    request: values.request,
  };
}

function sinceOption(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const since = pastMoment(text, now);
  if (since === undefined)
    throw new UsageError(`--since takes a duration such as 30m, 24h or 7d, or a time such as 2026-11-22T10:00, not "${text}"`);
  return since;
}

/** Who says since when, or which request, wants all of it. */
function mostOf({ lines, since, request }: Values): number {
  return numberOption('--lines', lines, 0) ?? (since === undefined && request === undefined ? LINES : Number.POSITIVE_INFINITY);
}

function damagedNote(count: number): string {
  return `${count} ${count === 1 ? 'line is no entry and was' : 'lines are no entries and were'} left out.\n`;
}

function shownBy(reader: LineReader, io: Io): (line: string) => void {
  return (line) => {
    const text = reader.read(line);
    if (text !== undefined) io.stdout.write(`${text}\n`);
  };
}

/** Until Ctrl-C, until `stop` aborts, or until nobody reads the output any more (`| head`). */
async function follow(follower: LogFollower, io: Io, stop: AbortSignal | undefined): Promise<void> {
  const ended = new AbortController();
  const end = (): void => ended.abort();
  const output = io.stdout instanceof EventEmitter ? io.stdout : undefined;
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  output?.once('error', end);
  try {
    await follower.run(stop ? AbortSignal.any([stop, ended.signal]) : ended.signal);
  } finally {
    process.off('SIGINT', end);
    process.off('SIGTERM', end);
    output?.off('error', end);
  }
}
