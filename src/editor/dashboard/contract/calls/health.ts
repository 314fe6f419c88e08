import * as z from 'zod';
import { answers } from '../../../admin/answers.ts';
import { call } from '../call.ts';

const name = z.string().min(1).max(500);

/** The gateway's health, and the quotas of accounts. */
export const healthCalls = {
  /** `GET /admin/health`, with the gateway's version and process. */
  healthDetail: call(z.object({}), z.object({ ...answers.healthDetail.shape, ...answers.status.shape })),
  /** `POST /admin/health/reset`: forgets what is noted of one account, one of its models, or one provider; of everything when none is named. */
  resetHealth: call(z.strictObject({ account: name.optional(), model: name.optional(), provider: name.optional() }), z.number()),
  /** `GET /admin/ledger`. */
  ledger: call(z.object({}), answers.ledger),
  /** `POST /admin/quota/{account}/refresh`: reads the account's quota now, where the provider has such an endpoint. */
  refreshQuota: call(z.object({ account: name }), answers.quota.shape.accounts),
};
