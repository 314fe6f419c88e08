import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { languageName } from '../../../src/editor/format/language.ts';
import { useApp } from '../../app.ts';
import { Button } from '../../ui/button.tsx';
import { useRun } from '../../use-run.ts';

/** What the editor itself has settings for: the dashboard speaks its language. */
export function EditorPart(): VNode {
  const { host } = useApp();
  const { locale } = host.boot;
  const run = useRun();
  return (
    <>
      <p>{l10n.t('Everything here is shown in the editor’s own language, {0}.', languageName(locale))}</p>
      <div class="form-buttons">
        <Button icon="globe" onClick={() => void run('omniroute.chooseLanguage')}>
          {l10n.t('Choose the Language…')}
        </Button>
        <Button icon="settings-gear" onClick={() => void run('omniroute.openSettings')}>
          {l10n.t('Settings of the Extension')}
        </Button>
      </div>
    </>
  );
}
