import type { logCalls } from '../../contract/calls/logs.ts';
import type { DashboardDeps, Handlers } from '../deps.ts';

export function logHandlers({ admin }: DashboardDeps): Pick<Handlers, keyof typeof logCalls> {
  return { logs: (query, signal) => admin.logs(query, signal) };
}
