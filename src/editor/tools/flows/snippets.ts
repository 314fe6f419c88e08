import * as l10n from '@vscode/l10n';
import type { Snippet } from '../../../clients/snippets.ts';
import type { ToolContext } from './context.ts';

/** For any tool that is not in the list: a text to copy, with a key of its own made for it when wanted. */
export async function copySnippet(context: ToolContext): Promise<void> {
  const { ui, desk } = context;
  const title = l10n.t('Any Other Tool');
  const [{ gateway }, { snippets, KEY_VARIABLE }, { usualModel }] = await Promise.all([
    desk.box(),
    import('../../../clients/snippets.ts'),
    import('../../../clients/offer.ts'),
  ]);
  const model = gateway.models().then((models) => usualModel(models, undefined) ?? 'auto');
  const of = async (key: string | undefined): Promise<Snippet[]> => {
    const setup = { origin: gateway.origin, key: key ?? '', model: await model };
    return snippets(setup, key === undefined ? {} : { key: 'shown' });
  };
  const answer = await ui.pick({
    title,
    canGoBack: false,
    placeholder: l10n.t('What does the tool, or your program, take?'),
    items: of(undefined).then((all) =>
      all.map((snippet) => ({ label: snippet.title, detail: firstLine(snippet.text), value: snippet.id })),
    ),
  });
  if (answer.is !== 'value') return;
  const how = await ui.pick({
    title,
    placeholder: l10n.t('With which key?'),
    items: [
      {
        label: l10n.t('Copy with a New Key'),
        icon: 'key',
        detail: l10n.t('a key of its own, so that its requests are seen apart and it can be revoked alone'),
        value: 'key' as const,
      },
      {
        label: l10n.t('Copy without a Key'),
        icon: 'copy',
        detail: l10n.t('the variable {0} stands in its place', KEY_VARIABLE),
        value: 'copy' as const,
      },
      { label: l10n.t('Open as a Document'), icon: 'file-code', detail: l10n.t('without a key'), value: 'open' as const },
    ],
  });
  if (how.is !== 'value') return;
  const key = how.value === 'key' ? await newKey(context, title) : undefined;
  if (how.value === 'key' && !key) return;
  const snippet = (await of(key?.key)).find(({ id }) => id === answer.value);
  if (!snippet) return;
  if (how.value === 'open') return await context.showText(snippet.title, snippet.text, snippet.language);
  await context.copy(snippet.text);
  await ui.tell('info', key ? l10n.t('Copied, with the new key "{0}". It is shown this once.', key.name) : l10n.t('Copied.'));
}

async function newKey({ ui, admin }: ToolContext, title: string): Promise<{ name: string; key: string } | undefined> {
  const taken = new Set((await admin.keys()).map(({ name }) => name));
  let free = 'other';
  for (let n = 2; taken.has(free); n += 1) free = `other-${n}`;
  const answer = await ui.ask({
    title,
    prompt: l10n.t('A name for the key: usage is shown under it.'),
    value: free,
    check: (text) => nameProblem(text.trim(), taken),
  });
  if (answer.is !== 'value') return undefined;
  const name = answer.value.trim();
  return { name, key: (await admin.addKey(name, {})).key };
}

function nameProblem(name: string, taken: ReadonlySet<string>): { severity: 'error'; message: string } | undefined {
  if (name === '') return { severity: 'error', message: l10n.t('A key needs a name.') };
  return taken.has(name) ? { severity: 'error', message: l10n.t('There is already a key of this name.') } : undefined;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
