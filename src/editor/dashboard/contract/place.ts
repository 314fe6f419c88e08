import * as z from 'zod';

/** The dashboard's pages, in the order of its navigation. A new page is an entry here and one in webview/pages.ts. */
export const PAGES = ['overview', 'providers', 'combos', 'usage', 'requests', 'quota', 'health', 'tools', 'logs', 'settings'] as const;
export type PageId = (typeof PAGES)[number];

/**
 * What the dashboard shows, as a link names it. `item` is one thing on the page; one that is not there is no error.
 *
 * - providers: an account's id (or its name): everything about it
 * - combos: a combo's name; any other name, `auto` and `auto/…` among them: who would answer it; `/ask`: any name, to be typed; `/new1`,
 *   `/new2`, …: a draft of a new combo
 * - usage: what it is looked at by (`model`, `provider`, `account`, `key`, `client`, `combo`, `tier`), or `budgets`
 * - requests: a request's id
 * - quota: an account's id, or `budgets`
 * - health: an account's id
 * - tools: a tool's id, as in src/clients/client.ts
 * - logs: a kind (`request`, `proxy`, `audit`, `console`)
 * - settings: a part: `routing`, `failures`, `timeouts`, `queue`, `records`, `security`, `rules`, `prices`, `proxies`, `backup`, `language`
 *
 * The overview has none.
 */
export const placeSchema = z.object({ page: z.enum(PAGES), item: z.string().max(500).optional() });
export type Place = z.infer<typeof placeSchema>;
