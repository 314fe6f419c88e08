import type { Quirk } from '../provider.ts';
import { withoutFields } from './body.ts';

/** Claude on Vertex: the model stands in the URL, the API version in the body (Google Cloud, "Use Claude models"). */
export const vertexAnthropic: Quirk = {
  name: 'vertex-anthropic',
  when: ({ dialect }) => dialect === 'anthropic-messages',
  apply: (body) => {
    if (body.model === undefined && body.anthropic_version !== undefined) return body;
    return { anthropic_version: 'vertex-2023-10-16', ...withoutFields(body, ['model']) };
  },
};
