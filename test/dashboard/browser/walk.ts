import type { Page } from 'playwright-core';

/** What a keyboard meets on a page, from its begin to its end. */
export interface Walk {
  /** What had the focus, in order. */
  stops: string[];
  /** Where the focus was out of sight, or looked like anything else. */
  unseen: string[];
  /** What came a second time before the end. */
  again: string[];
  /** What can be pressed or filled in, and never had the focus. */
  missed: string[];
  /** The end was reached. */
  ended: boolean;
}

interface Stop {
  name: string;
  known: boolean;
  inSight: boolean;
  /** How the stop before looks now that it lost the focus is how it looked with it: its name. */
  sameAsBefore?: string | undefined;
}

/** Tab, from the begin of the page until the focus leaves it, `most` times at most. */
export async function walk(tab: Page, most = 150): Promise<Walk> {
  await tab.evaluate(prepare);
  const found: Walk = { stops: [], unseen: [], again: [], missed: [], ended: false };
  for (let at = 0; at < most && !found.ended; at += 1) {
    await tab.keyboard.press('Tab');
    const stop = await tab.evaluate<Stop | null>('walk.look()');
    if (stop) note(found, stop);
    else found.ended = true;
  }
  if (found.ended) found.missed = await tab.evaluate<string[]>('walk.missed()');
  return found;
}

function note({ stops, unseen, again }: Walk, { name, known, inSight, sameAsBefore }: Stop): void {
  stops.push(name);
  if (known) again.push(name);
  if (!inSight) unseen.push(name);
  if (sameAsBefore !== undefined) unseen.push(sameAsBefore);
}

/** Runs in the page. */
function prepare(): void {
  const CONTROLS =
    'button, a[href], input, select, textarea, summary, [role="button"], [role="slider"], [role="grid"], [tabindex="0"], ' +
    'vscode-button, vscode-checkbox, vscode-textfield, vscode-textarea, vscode-single-select';
  /** Where one of them has the focus, and arrows lead to the others. */
  const ROVING = '[role="grid"], [role="tablist"], [role="radiogroup"], [role="listbox"], [role="menu"]';
  const LOOKS = ['outline', 'box-shadow', 'border', 'background-color', 'text-decoration-line', 'opacity', 'transform'];

  const nameOf = (element: Element): string =>
    `${element.tagName.toLowerCase()}.${element.classList[0] ?? ''} ${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 30) ?? ''}`;
  const isShown = (element: Element): boolean => {
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  };
  const isOff = (element: Element): boolean =>
    element.matches('[disabled], [aria-disabled="true"]') || ('disabled' in element && element.disabled === true);
  const isReached = (element: Element): boolean => seen.has(element) || element.closest(ROVING) !== null;
  /** The element with the focus, also in a shadow tree, and some of those it is in. */
  const chain = (): Element[] => {
    let deep = document.activeElement;
    while (deep?.shadowRoot?.activeElement) deep = deep.shadowRoot.activeElement;
    const found: Element[] = [];
    for (let at = deep; at && found.length < 6; at = parentOf(at)) found.push(at);
    return found;
  };
  const parentOf = (element: Element): Element | null => {
    const root = element.getRootNode();
    return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  };
  const looksOf = (elements: readonly Element[]): string =>
    elements
      .flatMap((element) => ['', '::before', '::after'].map((part) => getComputedStyle(element, part)))
      .map((style) => LOOKS.map((name) => style.getPropertyValue(name)).join())
      .join('\n');
  const isInSight = (element: Element): boolean => {
    const { top, bottom, left, right, width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  };

  const all = [...document.querySelectorAll(CONTROLS)].filter((element) => !element.closest('[aria-hidden="true"]'));
  const seen = new Set<Element>();
  let last: { name: string; elements: Element[]; looks: string } | undefined;
  const look = (): Stop | null => {
    const before = last && looksOf(last.elements) === last.looks ? last.name : undefined;
    last = undefined;
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body) return null;
    const elements = chain();
    const name = nameOf(activeElement);
    // A control may have more than one stop within itself.
    const [deep = activeElement] = elements;
    const known = seen.has(deep);
    for (const element of [deep, activeElement]) seen.add(element);
    last = { name, elements, looks: looksOf(elements) };
    return { name, known, inSight: isInSight(activeElement), sameAsBefore: before };
  };
  const missed = (): string[] =>
    all.filter((element) => element.isConnected && isShown(element) && !isOff(element) && !isReached(element)).map(nameOf);
  Object.assign(window, { walk: { look, missed } });
}
