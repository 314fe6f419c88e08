import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toolCalls } from '../../../src/editor/dashboard/contract/calls/tools.ts';
import { toolHandlers } from '../../../src/editor/dashboard/session/calls/tools.ts';
import { toolsTopic } from '../../../src/editor/dashboard/session/topics/tools.ts';
import { type DashboardHouse, dashboardHouse } from '../house.ts';

describe('the tools, as a page asks for them', () => {
  let house: DashboardHouse;
  let home: string;
  const never = new AbortController().signal;

  beforeAll(async () => {
    house = await dashboardHouse({ tools: true });
    home = join(house.dataDir, 'tools', 'home');
    await toolHandlers(house.deps).lookAtTools({}, never);
  });
  afterAll(() => house.close());

  const shown = async () => {
    // As it crosses.
    const crossed: unknown = JSON.parse(JSON.stringify(await toolHandlers(house.deps).tools({}, never)));
    const { tools, state } = toolCalls.tools.result.parse(crossed);
    return { state, of: (id: string) => tools.find((tool) => tool.id === id) };
  };

  it('tells how each stands, what can be done with it, and which files it has written', async () => {
    const { state, of } = await shown();
    expect(state).toEqual({ is: 'read' });
    expect(of('claude-code')).toMatchObject({
      state: { is: 'set-up', model: 'best', lastSeen: expect.any(Number) },
      marks: ['settable', 'ours', 'file', 'key'],
      key: { name: 'claude-code', is: 'good' },
      files: [join(home, '.claude', 'settings.json')],
      away: false,
    });
    expect(of('codex')?.state).toMatchObject({
      is: 'drifted',
      differences: [expect.stringContaining('127.0.0.1:4000'), expect.anything()],
    });
    expect(of('zed')).toMatchObject({
      state: { is: 'broken', path: join(home, '.config', 'zed', 'settings.json') },
      marks: ['broken', 'file'],
    });
    expect(of('opencode')).toMatchObject({ state: { is: 'not-set-up' }, marks: ['settable', 'unset'], files: [] });
    expect(of('cursor')).toMatchObject({ state: { is: 'instructions' }, instructionsOnly: expect.any(String) });
    expect(of('aider')).toMatchObject({ away: true });
  });

  it('never holds a key: of each the name and its last four characters alone', async () => {
    const text = JSON.stringify(await toolHandlers(house.deps).tools({}, never));
    const settings = await readFile(join(home, '.claude', 'settings.json'), 'utf8');
    const key = /omr-[\w-]+/.exec(settings)?.[0] ?? '';
    expect(key.length).toBeGreaterThan(20);
    expect(text).not.toContain(key);
    expect(text).toContain(`"hint":"${key.slice(-4)}"`);
    expect(text).not.toMatch(/omr-[\w]{12}/);
  });

  it('tells which files setting up would write, and none of their text', async () => {
    const plan = await toolHandlers(house.deps).toolPlan({ tool: 'opencode' }, never);
    expect(plan).toMatchObject({ ok: true, files: [{ path: expect.stringContaining('opencode.json'), exists: true, changes: true }] });
    expect(JSON.stringify(plan)).not.toMatch(/omr-[\w]{12}|baseURL/);
    expect(await toolHandlers(house.deps).toolPlan({ tool: 'zed' }, never)).toMatchObject({ ok: false, message: expect.any(String) });
    expect(await toolHandlers(house.deps).toolPlan({ tool: 'cursor' }, never)).toMatchObject({ ok: false });
    await expect(toolHandlers(house.deps).toolPlan({ tool: 'nothing' }, never)).resolves.toEqual({ ok: false, message: '' });
  });

  it('takes the values of what is named like a secret out of the words about a broken file', async () => {
    await writeFile(
      join(home, '.codex', 'config.toml'),
      'api_key = "sk-very-secret-0123456789"\napi_key = "sk-very-secret-0123456789"\nx = = 1\n',
    );
    await toolHandlers(house.deps).lookAtTools({}, never);
    const { of } = await shown();
    expect(of('codex')?.state.is).toBe('broken');
    expect(JSON.stringify(of('codex'))).not.toContain('sk-very-secret');
  });

  it('says when a tool was looked at, until nobody listens', async () => {
    let told = 0;
    const stop = new AbortController();
    const over = toolsTopic(house.deps)({}, () => (told += 1), stop.signal);
    await house.desk.lookAtAll();
    expect(told).toBeGreaterThan(0);
    stop.abort();
    await over;
    const before = told;
    await house.desk.lookAtAll();
    expect(told).toBe(before);
  });
});
