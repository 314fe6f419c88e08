import { afterEach, describe, expect, it } from 'vitest';
import type { AccountView } from '../../../src/editor/admin/api.ts';
import { editAccount } from '../../../src/editor/commands/account/edit.ts';
import { removeAccount } from '../../../src/editor/commands/account/remove.ts';
import { setKey } from '../../../src/editor/commands/account/set-key.ts';
import { testAccount } from '../../../src/editor/commands/account/test-account.ts';
import { whichAccount } from '../../../src/editor/commands/account/which.ts';
import { providerById } from '../../../src/providers/catalogue.ts';
import type { Provider } from '../../../src/providers/provider.ts';
import { jsonReply } from '../../upstream/reply.ts';
import { type House, hangingList, house } from './house.ts';
import { type Act, type ScriptedUi, scriptedUi } from './scripted-ui.ts';

const OLD = 'sk-old-0c5d7e9f1a3b5d7f-QwErTy';
const NEW = 'sk-new-4f8a1c9e7b2d6035-AbCdEf';
const REFUSAL = jsonReply({ error: { message: 'That key is not one of ours.', code: 'invalid_api_key' } }, 401);
const LIST = jsonReply({ object: 'list', data: [{ id: 'model-a', object: 'model' }] });

let own: House | undefined;
afterEach(async () => {
  await own?.close();
  own = undefined;
});

/** A gateway with one account that works. */
async function withAccount(env: Record<string, string> = {}): Promise<{ home: House; account: AccountView; provider: Provider }> {
  own = await house(env);
  own.provider.lists(LIST);
  const { account } = await own.admin.addAccount({ provider: 'openai-compatible', name: 'mine', key: OLD, baseUrl: own.baseUrl });
  const provider = providerById('openai-compatible');
  if (!provider) throw new Error('the catalogue has no custom endpoint');
  return { home: own, account, provider };
}

function expectSecret(ui: ScriptedUi, home: House): void {
  const seen = JSON.stringify([ui.shown, ui.messages, ui.started, home.log]);
  expect(seen).not.toContain(OLD.slice(4, 20));
  expect(seen).not.toContain(NEW.slice(4, 20));
}

describe('testing an account', () => {
  it('says that it works, or leads on to another key in the provider’s words', async () => {
    const { home, account } = await withAccount();
    const led: string[] = [];
    const mend = { keyUrl: 'https://keys.example.com', changeKey: async () => void led.push('key') };
    const works = scriptedUi();
    await testAccount(works, home.admin, account, mend);
    expect(works.messages).toMatchObject([{ kind: 'info', actions: [] }]);
    home.provider.lists(REFUSAL);
    const refused = scriptedUi({ press: 'Change Key…' });
    await testAccount(refused, home.admin, account, mend);
    expect(refused.messages).toEqual([
      {
        kind: 'error',
        message: 'mine refuses the key of this account: That key is not one of ours.',
        actions: ['Change Key…', 'Open Key Page'],
      },
    ]);
    expect(led).toEqual(['key']);
    expectSecret(refused, home);
  });
});

describe('another key', () => {
  const change = async (home: House, account: AccountView, provider: Provider, acts: Act[]): Promise<ScriptedUi> => {
    const ui = scriptedUi(...acts);
    await setKey({ ui, admin: home.admin, environment: {} }, account, provider);
    ui.done();
    expectSecret(ui, home);
    return ui;
  };

  it('is tested and takes the place of the old one', async () => {
    const { home, account, provider } = await withAccount();
    const ui = await change(home, account, provider, [{ type: '' }, { type: NEW }]);
    expect(ui.problems).toMatchObject([{ severity: 'error' }]);
    expect(ui.messages).toMatchObject([{ kind: 'info' }]);
    expect(await home.vault.get(`account/${account.id}`)).toBe(NEW);
  });

  it('is not taken when it is refused, unless the user says so', async () => {
    const { home, account, provider } = await withAccount();
    home.provider.lists(REFUSAL);
    const ui = await change(home, account, provider, [{ type: NEW }, { press: 'Try Another Key' }, { type: NEW }, { press: undefined }]);
    expect(ui.messages[0]?.message).toContain('That key is not one of ours.');
    expect(await home.vault.get(`account/${account.id}`)).toBe(OLD);
    await change(home, account, provider, [{ type: NEW }, { press: 'Use Anyway' }]);
    expect(await home.vault.get(`account/${account.id}`)).toBe(NEW);
  });

  it('is not taken when the user cancels while it is tested', async () => {
    const { home, account, provider } = await withAccount();
    const asked = hangingList(home);
    const ui = await change(home, account, provider, [{ type: NEW }, { cancel: asked }]);
    await home.provider.listsSeen.at(-1)?.aborted;
    await home.admin.editAccount(account.id, { priority: 5 });
    expect(await home.vault.get(`account/${account.id}`)).toBe(OLD);
    expect(ui.messages).toEqual([]);
  });
});

describe('editing', () => {
  it('shows present values, holds back what is wrong, saves each change, and goes on until done', async () => {
    const { home, account, provider } = await withAccount();
    await home.admin.addAccount({
      provider: 'openai-compatible',
      name: 'other',
      noKey: true,
      test: false,
      prefix: 'other',
      baseUrl: home.baseUrl,
    });
    const ui = scriptedUi(
      { choose: 'Name' },
      { type: 'other' },
      { type: 'renamed' },
      { choose: 'Requests a minute' },
      { type: '0.5' },
      { type: '30' },
      { choose: 'Never these models' },
      { type: 'whisper*, tts*' },
      { choose: 'Left unused' },
      { type: '10 %' },
      { choose: 'Prefix' },
      { type: 'with/slash' },
      'back',
      { choose: 'Done' },
    );
    await editAccount({ ui, admin: home.admin }, account, provider);
    ui.done();
    const [after] = await home.admin.accounts();
    expect(after).toMatchObject({ name: 'renamed', limits: { rpm: 30 }, models: { deny: ['whisper*', 'tts*'] }, headroom: 10 });
    expect(ui.lists.at(-1)).toEqual(expect.arrayContaining(['Name | renamed | ', 'Requests a minute | 30 | ', 'Left unused | 10 % | ']));
    expect(ui.problems).toHaveLength(3);
  });

  it('takes a value away when the box is emptied, and says what the gateway finds wrong in the box', async () => {
    const { home, account, provider } = await withAccount();
    await home.admin.editAccount(account.id, { limits: { rpm: 5 }, proxy: 'http://user:pass@127.0.0.1:8080' });
    const [before] = await home.admin.accounts();
    if (!before) throw new Error('the account is gone');
    const ui = scriptedUi({ choose: 'Requests a minute' }, { type: '' }, { choose: 'Proxy' }, { type: before.proxy ?? '' }, 'escape');
    await editAccount({ ui, admin: home.admin }, before, provider);
    const [after] = await home.admin.accounts();
    expect(after?.limits).toBeUndefined();
    expect(ui.shown.join('\n')).not.toContain('pass@');
    expect((await home.config()).accounts[0]).toMatchObject({ proxy: 'http://user:pass@127.0.0.1:8080' });
  });
});

describe('removing', () => {
  it('asks first, naming the combos that lose their models, and tells which budgets went with it', async () => {
    const { home, account } = await withAccount();
    await home.admin.saveCombo('best', { targets: ['openai-compatible/model-a'] });
    await home.admin.saveCombo('rest', { targets: ['demo/echo'] });
    const left = scriptedUi({ press: undefined });
    await removeAccount(left, home.admin, account);
    expect(left.messages[0]?.message).toMatch(/Remove the account mine\?.*skip them: best\./s);
    expect(await home.admin.accounts()).toHaveLength(1);
    const ui = scriptedUi({ press: 'Remove' });
    await removeAccount(ui, home.admin, account);
    expect(await home.admin.accounts()).toEqual([]);
    expect(await home.vault.get(`account/${account.id}`)).toBeUndefined();
    expect(ui.messages.at(-1)).toMatchObject({ kind: 'info', message: 'mine is removed.' });
  });
});

describe('which account', () => {
  it('is that of the tree item, or is asked for among those that fit', async () => {
    const { home, account } = await withAccount();
    const accounts = await home.admin.accounts();
    expect(await whichAccount(scriptedUi(), accounts, { accountId: account.id }, { title: 'T' })).toEqual(account);
    expect(await whichAccount(scriptedUi({ choose: 'mine' }), accounts, undefined, { title: 'T' })).toEqual(account);
    const none = scriptedUi({ press: undefined });
    expect(await whichAccount(none, accounts, undefined, { title: 'T', fits: ({ enabled }) => !enabled })).toBeUndefined();
    expect(none.messages).toHaveLength(1);
  });
});
