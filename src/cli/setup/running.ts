import * as z from 'zod';
import type { KeyCalls } from '../../clients/key-keepers.ts';
import type { GatewaySide } from '../../clients/tool-setup.ts';
import type { ModelView } from '../../routing/model-view.ts';
import { toolModels } from '../../routing/tool-models.ts';
import type { GatewayClient } from '../gateway-client.ts';

const madeBody = z.object({ key: z.string(), entry: z.object({ id: z.string() }) });
const removedBody = z.object({ removedBudgets: z.array(z.unknown()).default([]) });
const modelsBody = z.object({
  models: z.array(z.custom<ModelView>((value) => typeof value === 'object' && value !== null && 'name' in value)),
});
const requestsBody = z.object({
  requests: z.array(
    z.object({
      at: z.number(),
      client: z.string().default(''),
      requested: z.string(),
      target: z.string().optional(),
      status: z.number(),
      error: z.object({ class: z.string(), code: z.string().optional() }).optional(),
      cancelled: z.boolean().default(false),
    }),
  ),
});

/** A request that came with a tool's key. */
export type SeenRequest = z.infer<typeof requestsBody>['requests'][number];

/** Changes of the keys of a gateway that runs. */
export function keyCalls(gateway: GatewayClient): Omit<KeyCalls, 'keys'> {
  const path = (id: string): string => `/admin/keys/${encodeURIComponent(id)}`;
  return {
    addKey: async (name, limits) => madeBody.parse(await gateway.post('/admin/keys', { name, ...limits })),
    rotateKey: async (id) => madeBody.parse(await gateway.post(`${path(id)}/rotate`)),
    editKey: async (id, change) => void (await gateway.patch(path(id), change)),
    removeKey: async (id) => removedBody.parse(await gateway.delete(path(id))).removedBudgets.length,
  };
}

/** What a gateway that runs tells. */
export function runningFacts(gateway: GatewayClient): GatewaySide {
  return {
    origin: gateway.url,
    running: true,
    models: async () => toolModels(modelsBody.parse(await gateway.get('/admin/models')).models),
    check: async (model) => void (await gateway.get(`/admin/explain?${new URLSearchParams({ model })}`)),
    lastSeen: async (keyName) => (await lastRequest(gateway, keyName, undefined))?.at,
  };
}

/** The newest request with the key of this name, since `since` (milliseconds since the epoch). */
export async function lastRequest(gateway: GatewayClient, keyName: string, since: number | undefined): Promise<SeenRequest | undefined> {
  const query = new URLSearchParams({ key_name: keyName, limit: '1', ...(since === undefined ? {} : { since: String(since) }) });
  return requestsBody.parse(await gateway.get(`/admin/requests?${query}`)).requests.at(-1);
}
