import type { requestCalls } from '../../contract/calls/requests.ts';
import type { DashboardDeps, Handlers } from '../deps.ts';

export function requestHandlers({ admin }: DashboardDeps): Pick<Handlers, keyof typeof requestCalls> {
  return {
    requestPage: async (query, signal) => {
      const { requests, count } = await admin.requestPage(query, signal);
      return { requests: requests.reverse(), count };
    },
    request: async ({ id }, signal) => (await admin.request(id, signal)) ?? null,
  };
}
