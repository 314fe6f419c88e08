import type { Account } from '../accounts/account.ts';
import type { DialectId } from '../conversation/dialect-id.ts';
import type { Endpoint, ModelInfo } from '../providers/provider.ts';

/** One place a request can be sent to: an account and one of its models, in the dialect it will be asked in. */
export interface Target {
  account: Account;
  /** The vendor's model id. */
  model: string;
  /** `prefix/model`, as shown to the user. */
  name: string;
  dialect: DialectId;
  endpoint: Endpoint;
  /** What the catalogue or the provider's list knows of the model. */
  info?: ModelInfo;
}
