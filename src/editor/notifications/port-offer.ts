import type { Disposable } from '../emitter.ts';

/** What happened to the port, for who can lead tools to the other one. */
export interface MovedPort {
  from: number;
  to: number;
  /** `http://127.0.0.1:PORT` */
  url: string;
}

/** A further button of the message that the port is taken; `undefined`: there is nothing to offer. */
export type PortOffer = (moved: MovedPort) => Promise<{ label: string; run(): Promise<void> } | undefined>;

let offer: PortOffer | undefined;

/** Who sets up tools offers here to rewrite them when the gateway listens elsewhere. One at a time: the last one counts. */
export function offerOnMovedPort(next: PortOffer): Disposable {
  offer = next;
  return {
    dispose: () => {
      if (offer === next) offer = undefined;
    },
  };
}

/** The offer for this move; none when it cannot be made. */
export async function offerFor(moved: MovedPort): ReturnType<PortOffer> {
  return await offer?.(moved).catch(() => undefined);
}
