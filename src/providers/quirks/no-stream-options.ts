import type { Quirk } from '../provider.ts';
import { withoutFields } from './body.ts';

/** For hosts that refuse `stream_options` or report usage in a stream without being asked. */
export const noStreamOptions: Quirk = {
  name: 'no-stream-options',
  when: ({ dialect }) => dialect === 'openai-chat',
  apply: (body) => withoutFields(body, ['stream_options']),
};
