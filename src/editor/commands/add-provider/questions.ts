import * as l10n from '@vscode/l10n';
import type { Provider } from '../../../providers/provider.ts';
import type { AccountView } from '../../admin/api.ts';
import type { Next, Step } from '../../input/steps.ts';
import type { Answer, Place, Ui } from '../../input/ui.ts';
import { baseUrlProblem, hostName } from './address-text.ts';
import { askedParameters, type Draft, nameProblem, parameterProblem, suggestedName } from './draft.ts';
import { type Environment, envKeyOf } from './env-keys.ts';
import { askKey, askKeySource } from './key-steps.ts';
import { namesOf } from './names.ts';
import { providerItems } from './provider-items.ts';
import { agreesToTerms } from './terms.ts';

/** What the questions know besides the answers. */
export interface Known {
  ui: Ui;
  providers: readonly Provider[];
  environment: Environment;
  accounts: readonly AccountView[];
}

/** The questions of "Add Provider", in order. `chosen`: the provider is known already, and its question left out. */
export function questions(known: Known, chosen: boolean): Step<Draft>[] {
  const { ui, environment } = known;
  return [
    ...(chosen ? [] : [providerStep(known)]),
    // Turned on rather than added; that command has its own word on the terms.
    about('bridge', { aside: true, applies: ({ inEditor }) => inEditor === true }, async () => {
      await ui.run('omniroute.bridge.turnOn');
      return 'cancel';
    }),
    about('terms', { aside: true }, async (provider) => ((await agreesToTerms(ui, provider)) ? 'next' : 'back')),
    ...parameterSteps(known),
    about('baseUrl', { applies: ({ customBaseUrl }) => customBaseUrl === true }, (_provider, draft, place) => askBaseUrl(ui, draft, place)),
    about('keySource', { applies: (provider) => envKeyOf(provider, environment) !== undefined }, async (provider, draft, place) => {
      const found = envKeyOf(provider, environment);
      if (!found) return 'next';
      return taken(await askKeySource(ui, provider, found, place), (source) => {
        draft.key = source === 'env' ? { from: 'env', variable: found.variable } : { from: 'none' };
      });
    }),
    about('key', { applies: ({ auth }, { key }) => auth.type !== 'none' && key.from !== 'env' }, async (provider, draft, place) => {
      // A key that was typed before is gone as soon as another is asked for.
      draft.key = { from: 'none' };
      return taken(await askKey(ui, provider, place), (key) => {
        draft.key = key;
      });
    }),
    about('name', { applies: (provider) => wantsName(known, provider) }, (provider, draft, place) =>
      askName(known, provider, draft, place),
    ),
  ];
}

function providerStep({ ui, providers, environment, accounts }: Known): Step<Draft> {
  return {
    name: 'provider',
    decidesRest: true,
    applies: () => true,
    run: async (draft, place) => {
      const items = providerItems(providers, environment, accounts, ui.open);
      const placeholder = l10n.t('Search a provider by its name, models or price');
      const before = draft.provider;
      const answer = await ui.pick({ ...place, placeholder, items, active: (provider) => provider === before });
      return taken(answer, (provider) => {
        if (provider !== before)
          Object.assign(draft, { provider, parameters: {}, baseUrl: undefined, key: { from: 'none' }, name: undefined });
      });
    },
  };
}

/** One page for each value the provider needs; as many pages as the one that needs most. */
function parameterSteps({ ui, providers }: Known): Step<Draft>[] {
  const most = Math.max(0, ...providers.map((provider) => askedParameters(provider).length));
  return Array.from({ length: most }, (_, at) =>
    about(`parameter-${at}`, { applies: (provider) => at < askedParameters(provider).length }, async (provider, draft, place) => {
      const parameter = askedParameters(provider)[at];
      if (!parameter) return 'next';
      const answer = await ui.ask({
        ...place,
        prompt: parameter.label,
        placeholder: parameter.example,
        value: draft.parameters[parameter.name] ?? parameter.default ?? '',
        check: (text) => parameterProblem(parameter, text),
      });
      return taken(answer, (text) => {
        draft.parameters = { ...draft.parameters, [parameter.name]: text.trim() };
      });
    }),
  );
}

async function askBaseUrl(ui: Ui, draft: Draft, place: Place): Promise<Next> {
  const answer = await ui.ask({
    ...place,
    prompt: l10n.t('Base URL of the endpoint, as its documentation gives it to clients'),
    placeholder: 'https://llm.example.com/v1',
    value: draft.baseUrl ?? '',
    check: baseUrlProblem,
  });
  return taken(answer, (text) => {
    draft.baseUrl = text.trim();
  });
}

/** The first account of a provider needs no name; two of them, and endpoints of the user's own, are told apart by theirs. */
function wantsName({ accounts }: Known, provider: Provider): boolean {
  return provider.customBaseUrl === true || namesOf(provider.id, accounts).length > 0;
}

async function askName({ ui, accounts }: Known, provider: Provider, draft: Draft, place: Place): Promise<Next> {
  const names = namesOf(provider.id, accounts);
  const answer = await ui.ask({
    ...place,
    prompt: l10n.t('A name for this account'),
    value: draft.name ?? suggestedName(provider, hostName(draft.baseUrl ?? ''), accounts),
    check: (text) => nameProblem(text, names),
  });
  return taken(answer, (text) => {
    draft.name = text.trim();
  });
}

interface About {
  aside?: boolean;
  applies?(provider: Provider, draft: Draft): boolean;
}

/** A question about the provider that was chosen. */
function about(
  name: string,
  { aside, applies = () => true }: About,
  run: (provider: Provider, draft: Draft, place: Place) => Promise<Next>,
): Step<Draft> {
  return {
    name,
    ...(aside ? { aside } : {}),
    applies: (draft) => draft.provider !== undefined && applies(draft.provider, draft),
    run: async (draft, place) => (draft.provider ? run(draft.provider, draft, place) : 'next'),
  };
}

function taken<T>(answer: Answer<T>, take: (value: T) => void): Next {
  if (answer.is === 'back') return 'back';
  if (answer.is === 'cancelled') return 'cancel';
  take(answer.value);
  return 'next';
}
