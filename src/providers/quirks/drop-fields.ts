import type { Quirk, QuirkFacts } from '../provider.ts';
import { withoutFields } from './body.ts';

/**
 * Leaves out top-level fields the vendor refuses, and says which. `quiet`: fields that ask for nothing the user would miss
 * (bookkeeping such as `store` or `user`).
 */
export function dropFields(names: readonly string[], options: { when?: (facts: QuirkFacts) => boolean; quiet?: boolean } = {}): Quirk {
  return {
    name: `drop-fields:${names.join(',')}`,
    when: (facts) => facts.dialect === 'openai-chat' && (options.when?.(facts) ?? true),
    apply: (body, facts, warn) => {
      const present = names.filter((name) => body[name] !== undefined && body[name] !== null);
      if (present.length > 0 && !options.quiet) warn(`${facts.model} does not take ${present.join(', ')}; left out.`);
      return withoutFields(body, names);
    },
  };
}

/** OpenAI's own bookkeeping fields, unknown to hosts with a strict schema; `also` are others this host does not know. */
export function dropOpenaiBookkeeping(...also: string[]): Quirk {
  return dropFields(['store', 'prompt_cache_key', 'prompt_cache_retention', 'safety_identifier', 'verbosity', ...also], { quiet: true });
}
