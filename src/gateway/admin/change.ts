import { invalid } from '../../accounts/manage-error.ts';
import { type Config, configSchema } from '../../config/schema.ts';
import type { Gateway } from '../context.ts';

/** Changes the config file; it takes effect for the next request. Whatever `edit` throws, and a config that would be wrong, leaves the file as it was. */
export async function change<T>({ file }: Gateway, edit: (config: Config) => T): Promise<T> {
  return await file.update((config) => {
    const result = edit(config);
    const checked = configSchema.safeParse(config);
    if (!checked.success) throw invalid(checked.error);
    return result;
  });
}
