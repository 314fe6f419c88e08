import * as z from 'zod';
import { answers } from '../../../admin/answers.ts';
import { call, nothing } from '../call.ts';

const parameter = z.object({
  name: z.string(),
  label: z.string(),
  example: z.string(),
  default: z.string().optional(),
  optional: z.boolean().optional(),
});

/** Of a provider of the catalogue, what its accounts are shown with. */
const provider = z.object({
  id: z.string(),
  name: z.string(),
  /** Where a person gets a key. */
  keyUrl: z.string().optional(),
  /** What its terms want a word about. */
  notice: z.string().optional(),
  /** Of its first endpoint; may hold `{parameter}`s. */
  baseUrl: z.string().optional(),
  customBaseUrl: z.boolean(),
  /** Those the user gives. */
  parameters: z.array(parameter),
});
export type ProviderShown = z.infer<typeof provider>;

/** Providers: their accounts, and what is done with them. Keys are typed in the editor alone: those are commands. */
export const accountCalls = {
  /** Those of these ids that the catalogue knows. */
  providers: call(z.object({ ids: z.array(z.string().max(200)).max(1000) }), z.array(provider)),
  /** How many models each account has, by its id: the list itself is long. */
  modelCounts: call(z.object({}), z.record(z.string(), z.number())),
  /** `POST /admin/accounts/{id}/test`; cancelled when the call is. */
  testAccount: call(z.object({ account: z.string() }), answers.test.shape.test),
  /** New priorities, one after the other; answers when the accounts were read anew, also when one was refused. */
  arrangeAccounts: call(
    z.object({ priorities: z.array(z.object({ account: z.string(), priority: z.number().int() })).max(1000) }),
    nothing,
  ),
};
