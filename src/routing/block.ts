/** Why a target is not asked now. */
export type BlockReason =
  /** The account's allowance is used up. */
  | 'quota'
  | 'rate'
  /** The credential was refused: until signed in, tested or reset. */
  | 'auth'
  | 'billing'
  /** The account's share of this model: missing, or locked for a while. */
  | 'model'
  /** The provider failed again and again. */
  | 'breaker'
  /** The rest of the quota window is the user's reserve. */
  | 'headroom'
  | 'budget'
  /** `settings.rules.blockedProviders`, or the account's own allow and deny lists. */
  | 'not-allowed'
  /** The model cannot do what the request needs: tools, images, so long a context. */
  | 'incapable'
  /** Assumed to be down, for a simulation. */
  | 'assumed-down';

export interface Block {
  reason: BlockReason;
  /** What the reason holds for. */
  scope: 'account' | 'model' | 'provider' | 'budget' | 'request';
  /** Milliseconds since the epoch when it ends by itself; absent: not by itself. */
  until?: number;
  /** One sentence for people, without a credential: `used up until 14:05`, `the provider said: …`. */
  detail: string;
}
