import * as z from 'zod';

/** The dashboard's pages, in the order of its navigation. A new page is an entry here and one in webview/pages.ts. */
export const PAGES = ['overview', 'providers', 'combos', 'usage', 'requests', 'quota', 'health', 'tools', 'logs', 'settings'] as const;
export type PageId = (typeof PAGES)[number];

/**
 * What the dashboard shows, as a link names it. `item` is one thing on the page: an account's id (providers, quota, health), a combo's
 * name, a request's id, a tool's id, a kind of log, a section of the settings, a dimension of usage.
 */
export const placeSchema = z.object({ page: z.enum(PAGES), item: z.string().max(500).optional() });
export type Place = z.infer<typeof placeSchema>;
