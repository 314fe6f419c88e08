import type { Context } from 'hono';
import { keyAllows } from '../accounts/gateway-keys.ts';
import type { ClientDialectId } from '../conversation/dialect-id.ts';
import { GatewayError } from '../conversation/error.ts';
import type { JsonObject } from '../conversation/json.ts';
import type { ChatRequest } from '../conversation/request.ts';
import type { Asker, Needs } from '../routing/facts.ts';
import type { Plan } from '../routing/plan.ts';
import { nameWithoutSecrets } from '../routing/sent-secrets.ts';
import { sessionOf } from '../routing/session.ts';
import { clientHeader } from './client-header.ts';
import type { Env, Gateway } from './context.ts';

/** What a request is planned by. */
export interface PlanQuery {
  /** The model name as the client wrote it. */
  model: string;
  client: ClientDialectId;
  needs: Needs;
  asker: Asker;
}

/** The plan for a model name right now. Throws 403 when the request's key may not use it, 404, naming what comes nearest, when there is none. */
export function planFor(c: Context<Env>, gateway: Gateway, { model, client, needs, asker }: PlanQuery): Plan {
  refuseSecret(model, gateway);
  const mayName = (name: string): boolean => keyAllows(c.get('key'), name);
  if (!mayName(model)) {
    const message = `This gateway key may not use "${model}".`;
    throw new GatewayError({ class: 'policy', status: 403, code: 'model_not_allowed', param: 'model', message });
  }
  return gateway.router.plan({ name: model, client, needs, asker, mayName });
}

/** A key in place of a name would go on to a provider, and into all that is kept of the request. */
function refuseSecret(model: string, { redactor }: Gateway): void {
  if (nameWithoutSecrets(model, redactor) === model) return;
  const message = 'The name of the model holds what looks like a key; it was sent to nobody.';
  throw new GatewayError({ class: 'request', status: 400, code: 'key_in_model_name', param: 'model', message });
}

/** Who asks, and in which conversation. */
export function askerOf(c: Context<Env>, gateway: Gateway, request: ChatRequest, body: JsonObject): Asker {
  const key = c.get('key').name;
  if (!gateway.config().settings.routing.affinity) return { key };
  const { id, opening } = sessionOf((name) => clientHeader(c, name), request, body);
  return { key, session: id, opening };
}
