/** The gateway cannot be reached, or what was sent to it was lost; the message is for the user. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
  readonly reason: 'config' | 'ports' | 'crashed' | 'other' | 'stopped' | 'lost' | 'timeout';

  constructor(reason: LinkError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
