import { countOf, type Headers, headerOf, perOfSeconds, type Reading } from './reading.ts';
import { resetTime } from './reset-time.ts';

/**
 * The IETF's `RateLimit` fields (draft-ietf-httpapi-ratelimit-headers), in the three shapes servers send them in:
 *
 * - drafts 00-06: `ratelimit-limit: 100, 100;w=60`, `ratelimit-remaining: 50`, `ratelimit-reset: 30` (seconds)
 * - draft 07: `ratelimit: limit=100, remaining=50, reset=30`
 * - drafts 08 and later: `ratelimit: "burst";r=50;t=30`, with the quotas in `ratelimit-policy: "burst";q=100;w=60`
 *
 * Quotas of bytes or of concurrent requests (`qu`) are left out.
 */
export function readRateLimitFields(headers: Headers, now: number): Reading[] {
  const field = headerOf(headers, 'ratelimit');
  if (field === undefined) return earlyReading(headers, now);
  return field.includes('=') && /(?:^|,)\s*(?:limit|remaining|reset)=/.test(field)
    ? draft07(field, headers, now)
    : itemsOf(field).flatMap((item) => readingOf(item, policiesOf(headers), now));
}

interface Item {
  name: string;
  parameters: ReadonlyMap<string, string>;
}

/** `"name";a=1;b=2, "other";a=3`. Names hold no comma in practice; one that does reads as garbage and is left out. */
function itemsOf(field: string): Item[] {
  return field
    .slice(0, 2000)
    .split(',')
    .map((text) => {
      const [name = '', ...rest] = text.split(';').map((piece) => piece.trim());
      return { name: unquoted(name), parameters: new Map(rest.map(pairOf)) };
    });
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at).trim(), unquoted(text.slice(at + 1).trim())];
}

function unquoted(text: string): string {
  return text.replace(/^"|"$/g, '');
}

function policiesOf(headers: Headers): Item[] {
  return itemsOf(headerOf(headers, 'ratelimit-policy') ?? '');
}

function readingOf(item: Item, policies: Item[], now: number): Reading[] {
  const policy = policies.find((each) => each.name === item.name);
  const unit = policy?.parameters.get('qu') ?? 'requests';
  // An item that is only a policy's name, or counts other things, says nothing about requests.
  if (unit !== 'requests' || !item.parameters.has('r')) return [];
  return whole({
    limit: countOf(policy?.parameters.get('q') ?? item.parameters.get('q')),
    remaining: countOf(item.parameters.get('r')),
    reset: item.parameters.get('t'),
    seconds: countOf(policy?.parameters.get('w')),
    now,
  });
}

function draft07(field: string, headers: Headers, now: number): Reading[] {
  const values = new Map(
    field
      .slice(0, 2000)
      .split(',')
      .map((text) => pairOf(text.trim())),
  );
  return whole({
    limit: countOf(values.get('limit')),
    remaining: countOf(values.get('remaining')),
    reset: values.get('reset'),
    seconds: secondsOf(countOf(values.get('limit')), policiesOf(headers)),
    now,
  });
}

function earlyReading(headers: Headers, now: number): Reading[] {
  const [first, ...others] = itemsOf(headerOf(headers, 'ratelimit-limit') ?? '');
  const limit = countOf(first?.name);
  return whole({
    limit,
    remaining: countOf(headerOf(headers, 'ratelimit-remaining')),
    reset: headerOf(headers, 'ratelimit-reset'),
    seconds: countOf(first?.parameters.get('w')) ?? secondsOf(limit, [...others, ...policiesOf(headers)]),
    now,
  });
}

/** The length of the window that has this limit: in early drafts a policy is named by its quota (`100;w=60`). */
function secondsOf(limit: number | undefined, policies: Item[]): number | undefined {
  const policy = policies.find((item) => limit !== undefined && countOf(item.name) === limit);
  return countOf(policy?.parameters.get('w'));
}

interface Found {
  limit: number | undefined;
  remaining: number | undefined;
  reset: string | undefined;
  seconds: number | undefined;
  now: number;
}

function whole({ limit, remaining, reset, seconds, now }: Found): Reading[] {
  if (limit === undefined && remaining === undefined) return [];
  // Some servers write the moment instead of the seconds until then: no window is thirty years long.
  const form = (countOf(reset) ?? 0) >= 1e9 ? 'epoch-seconds' : 'seconds';
  const resetsAt = reset === undefined ? undefined : resetTime(reset, form, now);
  const per = perOfSeconds(seconds);
  return [
    {
      window: 'requests',
      ...(per !== undefined && { per }),
      ...(limit !== undefined && { limit }),
      ...(remaining !== undefined && { remaining }),
      ...(resetsAt !== undefined && { resetsAt }),
      ...(per === undefined && { lengthUnknown: true }),
    },
  ];
}
