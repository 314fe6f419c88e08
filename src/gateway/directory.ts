import type { Context } from 'hono';
import { keyAllows } from '../accounts/gateway-keys.ts';
import type { ClientDialectId } from '../conversation/dialect-id.ts';
import { GatewayError } from '../conversation/error.ts';
import { resolve } from '../routing/resolve.ts';
import type { Target } from '../routing/target.ts';
import type { Env, Gateway } from './context.ts';

/** The targets a model name stands for right now. Throws 403 when the request's key may not use it, 404, naming what comes nearest, when there is none. */
export function targetsOf(c: Context<Env>, gateway: Gateway, model: string, client: ClientDialectId): Target[] {
  if (!keyAllows(c.get('key'), model)) {
    const message = `This gateway key may not use "${model}".`;
    throw new GatewayError({ class: 'policy', status: 403, code: 'model_not_allowed', param: 'model', message });
  }
  const { models } = gateway;
  return resolve(model, client, {
    accounts: gateway.accounts(),
    combos: gateway.config().combos,
    modelsOf: (account) => models.modelsOf(account),
  });
}
