import type { AudioPart } from '../../conversation/content.ts';
import { asString, type JsonObject } from '../../conversation/json.ts';

/** Gathers an audio answer, which a stream gives in pieces of base64 and transcript (platform.openai.com/docs/guides/audio). */
export class AudioGatherer {
  readonly #mimeType: string;
  #id = '';
  #data = '';
  #transcript = '';

  constructor(mimeType: string) {
    this.#mimeType = mimeType;
  }

  push(audio: JsonObject | undefined): void {
    this.#id = asString(audio?.id) || this.#id;
    this.#data += asString(audio?.data) ?? '';
    this.#transcript += asString(audio?.transcript) ?? '';
  }

  /** The part, or `undefined` when no audio came. */
  take(): AudioPart | undefined {
    if (!this.#data && !this.#transcript) return undefined;
    return {
      type: 'audio',
      source: { kind: 'base64', mimeType: this.#mimeType, data: this.#data },
      ...(this.#transcript ? { transcript: this.#transcript } : {}),
      ...(this.#id ? { id: this.#id } : {}),
    };
  }
}
