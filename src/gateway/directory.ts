import type { ClientDialectId } from '../conversation/dialect-id.ts';
import { resolve } from '../routing/resolve.ts';
import type { Target } from '../routing/target.ts';
import type { Gateway } from './context.ts';

/** The targets a model name stands for right now. Throws 404, naming what comes nearest. */
export function targetsOf(gateway: Gateway, model: string, client: ClientDialectId): Target[] {
  const { models } = gateway;
  return resolve(model, client, {
    accounts: gateway.accounts(),
    combos: gateway.config().combos,
    modelsOf: (account) => models.modelsOf(account),
  });
}
