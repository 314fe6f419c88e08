import type { FailureClass } from '../conversation/error.ts';
import type { Usage } from '../conversation/usage.ts';
import type { RecordedCost, RequestRecord } from './record.ts';

/** What happens in the gateway, for those who watch. Never prompts, answers or credentials. Times in milliseconds since the epoch. */
export type GatewayEvent =
  | { type: 'request-started'; at: number; id: string; key: string; client: string; dialect: string; requested: string; streamed: boolean }
  /** `fallback`: somebody else answers than would have first (`answeredElsewhere`); absent of older gateways. */
  | { type: 'first-token'; at: number; id: string; target: string; account: string; ms: number; attempts: number; fallback?: boolean }
  | {
      type: 'attempt-failed';
      at: number;
      id: string;
      target: string;
      account: string;
      class: FailureClass;
      status: number;
      ms: number;
      startMs?: number;
    }
  | {
      type: 'request-finished';
      at: number;
      id: string;
      target: string | undefined;
      account: string | undefined;
      status: number;
      totalMs: number;
      attempts: number;
      usage: Usage | undefined;
      cost: RecordedCost | undefined;
      error: FailureClass | undefined;
      cancelled: boolean;
      /** All that is kept of it, as `GET /admin/requests` gives it; absent of older gateways. */
      record?: RequestRecord;
    }
  /** Something began or ceased to be blocked, or was reset: `GET /admin/health` has the state. */
  | { type: 'health-changed'; at: number; account?: string; provider?: string; model?: string }
  | { type: 'quota-changed'; at: number; account: string }
  | { type: 'budget-warning'; at: number; budget: string; state: 'warning' | 'reached' }
  | { type: 'config-changed'; at: number }
  /** The models of accounts are known anew: a list came that says something else, or later than a request for it waits. */
  | { type: 'models-changed'; at: number; account?: string }
  /** Told to one listener: it was too slow, and this many events before this one were left out. */
  | { type: 'dropped'; at: number; count: number };

/** Passes events on. Publishing never waits and never throws, whatever listeners do. */
export interface EventBus {
  publish(event: GatewayEvent): void;
  /** Calls `listener` for each event from now on; gives the function that ends it. */
  subscribe(listener: (event: GatewayEvent) => void): () => void;
  /** Somebody listens: events that cost something to make need not be made otherwise. */
  readonly watched: boolean;
}
