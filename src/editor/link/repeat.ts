/** How a request came to nothing. */
export interface Failure {
  /** `refused`: nobody took the connection. `cut`: it ended before an answer began. */
  how: 'refused' | 'cut';
  /** The gateway it was sent to has ended. */
  ownerGone: boolean;
}

/**
 * True when a request may be sent again to the next gateway.
 *
 * Refused: nothing was sent, so always. Cut: the gateway may have begun to work on it.
 * - What only asks (GET) changes nothing, and is repeated.
 * - A change (`/admin`) may have been made, and is not: who asked is told, and sees what holds.
 * - A question to a model is repeated when that gateway has ended, and its work with it: nothing had reached the user, and at worst
 *   a provider counts a few tokens twice. While the gateway lives the first one may still be at work, so it is not repeated.
 */
export function mayRepeat(method: string, path: string, { how, ownerGone }: Failure): boolean {
  if (how === 'refused' || method === 'GET') return true;
  return ownerGone && !/^\/admin(?:[/?]|$)/.test(path);
}
