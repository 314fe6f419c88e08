import { asObject, asString } from '../conversation/json.ts';
import { VERSION } from '../version.ts';

/** Headers that say so (src/ledger/client-name.ts). */
export const OWN_HEADERS: Record<string, string> = {
  'user-agent': `OmniRoute-VSCode/${VERSION}`,
  'x-omniroute-initiator': 'omniroute.omniroute',
};

/** The words of an error in OpenAI's shape. */
export function errorWords(body: unknown): string | undefined {
  return asString(asObject(asObject(body)?.error)?.message);
}
