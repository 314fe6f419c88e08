import * as l10n from '@vscode/l10n';
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { settingsSchema } from '../../../src/config/settings.ts';
import type { SettingsAnswer } from '../../../src/editor/dashboard/contract/calls/settings.ts';
import { useApp } from '../../app.ts';
import { Button } from '../../ui/button.tsx';
import { Page, Section } from '../../ui/layout.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { hasWords, searchWords } from '../../ui/search-words.ts';
import { Answer, Empty } from '../../ui/states.tsx';
import { useRun } from '../../use-run.ts';
import { Backups } from './backups.tsx';
import { EditorPart } from './editor-part.tsx';
import { fieldGroups } from './field-groups.ts';
import type { FieldGroup } from './fields.ts';
import { Prices } from './prices.tsx';
import { Proxies } from './proxies.tsx';
import { Rules } from './rules-part.tsx';
import { SettingRow } from './setting-row.tsx';
import { type SettingsDesk, useSettings } from './use-settings.ts';
import { valueAt } from './values.ts';

/** Limits of the gateway, rules, prices, proxies, backups and the language. Each is saved as it is changed. */
export function Settings(): VNode {
  const desk = useSettings();
  const [search, setSearch] = useState('');
  return (
    <Page title={l10n.t('Settings')} actions={<SearchField label={l10n.t('Search settings')} value={search} onInput={setSearch} />}>
      <Answer asking={desk} rows={10}>
        {(answer) => <Parts answer={answer} desk={desk} search={search.trim()} />}
      </Answer>
    </Page>
  );
}

interface Part {
  id: string;
  title: string;
  /** What a search looks in beside the title. */
  words: readonly string[];
  draw(): ComponentChildren;
}

function Parts({ answer, desk, search }: { answer: SettingsAnswer; desk: SettingsDesk; search: string }): VNode {
  const parts = [...fieldParts(answer, desk, search), ...otherParts(answer, desk)].filter((part) =>
    hasWords([part.title, ...part.words].join('\n'), searchWords(search)),
  );
  return (
    <div class="settings">
      {answer.restartNeeded.length > 0 && <RestartNotice />}
      <nav class="settings-index" aria-label={l10n.t('Parts of the settings')}>
        {parts.map(({ id, title }) => (
          <IndexLink key={id} id={id} title={title} />
        ))}
      </nav>
      <div class="settings-parts">
        {parts.map((part) => (
          <PartOf key={part.id} part={part} />
        ))}
        {parts.length === 0 && <Empty icon="search" title={l10n.t('No setting has “{0}” in it.', search)} />}
      </div>
    </div>
  );
}

function RestartNotice(): VNode {
  const run = useRun();
  return (
    <div class="restart-notice" role="status">
      <span>{l10n.t('A change counts from the next start of the gateway on.')}</span>
      <Button icon="debug-restart" onClick={() => void run('omniroute.restartGateway')}>
        {l10n.t('Restart Gateway')}
      </Button>
    </div>
  );
}

function IndexLink({ id, title }: { id: string; title: string }): VNode {
  const { place, go } = useApp();
  return (
    <button
      type="button"
      class="settings-link"
      aria-current={place.item === id ? 'true' : undefined}
      onClick={() => go({ page: 'settings', item: id })}
    >
      {title}
    </button>
  );
}

/** Comes into sight when a link points at it. */
function PartOf({ part }: { part: Part }): VNode {
  const { place } = useApp();
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.item === part.id) element.current?.scrollIntoView({ block: 'start' });
  }, [place, part.id]);
  return (
    <div ref={element} class="settings-part">
      <Section title={part.title}>{part.draw()}</Section>
    </div>
  );
}

function fieldParts(answer: SettingsAnswer, desk: SettingsDesk, search: string): Part[] {
  return fieldGroups().map((group) => ({
    id: group.id,
    title: group.title,
    words: group.fields.flatMap(({ label, hint, path }) => [label, hint, path.join('.')]),
    draw: () => <Fields group={group} answer={answer} desk={desk} search={search} />,
  }));
}

function Fields({ group, answer, desk, search }: { group: FieldGroup; answer: SettingsAnswer; desk: SettingsDesk; search: string }): VNode {
  const usual = useMemo(() => settingsSchema.parse({}), []);
  const hits = group.fields.filter(({ label, hint, path }) =>
    hasWords([group.title, label, hint, path.join('.')].join('\n'), searchWords(search)),
  );
  return (
    <>
      <p class="hint">{group.about}</p>
      {hits.map((field) => (
        <SettingRow
          key={field.path.join('.')}
          field={field}
          value={valueAt(answer.settings, field.path)}
          usual={valueAt(usual, field.path)}
          restartNeeded={answer.restartNeeded.includes(field.path.join('.'))}
          change={async (value) => await desk.change(field.path, value)}
        />
      ))}
    </>
  );
}

function otherParts(answer: SettingsAnswer, desk: SettingsDesk): Part[] {
  return [
    {
      id: 'rules',
      title: l10n.t('Rules'),
      words: [l10n.t('Instructions added to every request'), l10n.t('How much models think'), l10n.t('Longest answers')],
      draw: () => (
        <>
          <p class="hint">{l10n.t('What is done to every request before it is sent on. Nothing, until you say so.')}</p>
          <Rules settings={answer.settings} change={desk.change} />
        </>
      ),
    },
    {
      id: 'prices',
      title: l10n.t('Prices'),
      words: [l10n.t('Your prices')],
      draw: () => (
        <>
          <p class="hint">{l10n.t('What you pay, where that is not the list price. The first pattern that fits a model counts.')}</p>
          <Prices />
        </>
      ),
    },
    { id: 'proxies', title: l10n.t('Proxies'), words: [], draw: () => <Proxies /> },
    {
      id: 'backup',
      title: l10n.t('Backup'),
      words: [l10n.t('Export Everything…'), l10n.t('Restore…')],
      draw: () => <Backups />,
    },
    { id: 'language', title: l10n.t('Language and Editor'), words: [], draw: () => <EditorPart /> },
  ];
}
