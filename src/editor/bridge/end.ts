import type { Disposable } from '../emitter.ts';
import type { FromEditor, ToEditor } from './protocol.ts';

/** A bridge between a running gateway and this window. */
export interface Connection extends Disposable {
  hear(message: ToEditor): void;
}

/** The editor's side of the bridge: what a gateway of this window is connected to. */
export interface BridgeEnd {
  connect(post: (message: FromEditor) => void): Connection;
}
