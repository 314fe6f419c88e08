import { requestsAndDays } from './001-requests-and-days.ts';

/** In their order; a database's `user_version` is how many of them it has seen. Released ones are never changed. */
export const MIGRATIONS: readonly string[] = [requestsAndDays];
