import type { Quirk } from '../provider.ts';
import { withoutFields } from './body.ts';

/** For models that take one fixed temperature only (Kimi k2.5 and later; provider facts, "Parameters"): left to the vendor. */
export function fixedTemperature(models: RegExp): Quirk {
  return {
    name: 'fixed-temperature',
    when: ({ dialect, model }) => dialect === 'openai-chat' && models.test(model),
    apply: (body, { model }, warn) => {
      const wanted = ['temperature', 'top_p'].filter((name) => body[name] !== undefined && body[name] !== null && body[name] !== 1);
      if (wanted.length > 0) warn(`${model} samples at one fixed setting; ${wanted.join(', ')} left out.`);
      return withoutFields(body, ['temperature', 'top_p']);
    },
  };
}
