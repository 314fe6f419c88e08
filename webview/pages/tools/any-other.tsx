import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { addresses } from '../../../src/editor/commands/general/addresses.ts';
import { useSlice } from '../../app.ts';
import { Button } from '../../ui/button.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/layout.tsx';
import type { Run } from '../../use-run.ts';

/** For whatever is not in the list: where the gateway listens, a key, and texts to copy. A key is made and copied in the
 * editor, where the user says so: no page may put one into the clipboard. */
export function AnyOther({ run }: { run: Run }): VNode {
  const link = useSlice('link');
  return (
    <Section
      title={l10n.t('Any Other Tool')}
      actions={
        <>
          <Button icon="link" onClick={() => void run('omniroute.copyBaseUrl')}>
            {l10n.t('Copy Base URL')}
          </Button>
          <Button icon="code" onClick={() => void run('omniroute.tool.copySnippet')}>
            {l10n.t('Copy a Key or Snippet…')}
          </Button>
        </>
      }
    >
      <p>{l10n.t('The gateway’s address, a key of its own, and snippets for curl, Python, JavaScript and the environment.')}</p>
      {link?.is === 'ready' ? (
        <Facts sideBySide>
          {addresses(link.url).map(({ label, description = '' }) => (
            <Fact key={description} name={description}>
              <code>{label}</code>
            </Fact>
          ))}
        </Facts>
      ) : (
        <p class="quiet">{l10n.t('The address is shown once the gateway runs.')}</p>
      )}
    </Section>
  );
}
