import type { DashboardHouse } from '../house.ts';

export interface Around {
  house: DashboardHouse;
  /** Id of an account, and of a request that is over. */
  account: string;
  request: string;
}

/** Parameters as a page sends them: of each call those that touch what it can tell. Whoever adds a call or a topic adds an example. */
export const EXAMPLES: { calls: Record<string, (around: Around) => unknown[]>; topics: Record<string, (around: Around) => unknown> } = {
  calls: {
    run: ({ account }) => [{ command: 'omniroute.account.test', ref: { kind: 'account', account } }, { command: 'omniroute.refresh' }],
    copy: () => [{ text: 'http://127.0.0.1' }],
    saveFile: () => [{ name: 'usage.csv', text: 'a,b' }],
    tools: () => [{}],
    lookAtTools: () => [{}],
    toolPlan: () => [{ tool: 'claude-code' }, { tool: 'codex' }, { tool: 'aider' }],
    saveCombo: ({ house }) => house.live.snapshot.combos.slice(0, 1).map((combo) => ({ combo })),
    explain: () => [{ model: 'best' }, { model: 'planted/scripted-model' }],
    firstAsked: () => [{ names: ['best', 'planted/scripted-model', 'nowhere'] }],
    usage: () => [{ by: 'account' }, { by: 'key' }],
    usageView: () => [{ range: '7d', by: 'account', of: 'tokens', where: {} }],
    usageRequests: () => [{ since: 0, until: Date.now(), where: {} }],
    budgetList: () => [{}],
    saveBudget: () => [{ before: null, after: { period: 'day', usd: 3, mode: 'soft', warnAt: 80 } }],
    providers: () => [{ ids: ['openai', 'groq', 'openai-compatible'] }],
    modelCounts: () => [{}],
    testAccount: ({ account }) => [{ account }, { account: 'account-old' }, { account: 'account-work' }],
    arrangeAccounts: ({ account }) => [{ priorities: [{ account, priority: 91 }] }],
    requestPage: () => [{}, { outcome: 'failed', count: '1' }],
    request: ({ request }) => [{ id: request }, { id: 'req_unknown' }],
    captures: () => [{}],
    capture: ({ request }) => [{ id: request }],
    keepCaptures: () => [{ last: 30 }],
    clearCaptures: () => [{}],
    healthDetail: () => [{}],
    resetHealth: () => [{ account: 'account-spare' }],
    ledger: () => [{}],
    refreshQuota: ({ account }) => [{ account }],
    settings: () => [{}],
    changeSettings: () => [{ patch: { routing: { retries: 0 } } }],
    prices: () => [{}],
    savePrices: () => [{ prices: [{ pattern: 'work/*', input: 2, output: 8 }] }],
    copies: () => [{}],
    logs: () => ['console', 'request', 'proxy', 'audit'].map((kind) => ({ kind, limit: 1000 })),
  },
  topics: {
    config: () => ({}),
    tools: () => ({}),
    logs: () => ({ kind: 'console' }),
  },
};
