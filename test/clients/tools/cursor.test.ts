import { describe, expect, it } from 'vitest';
import { cursor } from '../../../src/clients/tools/cursor.ts';
import { machine, SETUP } from './machines.ts';

describe('Cursor', () => {
  it('is not written to, and told why and what the risk is', async () => {
    expect(await cursor.plan(machine(), SETUP)).toEqual([]);
    expect(cursor.instructionsOnly).toContain('its own servers');
    const text = cursor.instructions?.(machine(), SETUP).join('\n') ?? '';
    expect(text).toContain('The risk');
    expect(text).toContain('{key}');
    expect(text).toContain(SETUP.model);
    expect(text).not.toContain(SETUP.key);
  });

  it('is found by its folder', async () => {
    const on = machine();
    expect((await cursor.detect(on)).installed).toBe(false);
    on.put('.config/Cursor/User/settings.json', '{}');
    expect((await cursor.detect(on)).installed).toBe(true);
  });
});
