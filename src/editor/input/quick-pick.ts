import { Disposable, QuickInputButtons, type QuickPick, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import { boxButtons, buttonOf, dressAs, press } from './dressing.ts';
import type { Answer, PickItem, PickOptions, Separator } from './ui.ts';

interface Item<T> extends QuickPickItem {
  entry: PickItem<T> | undefined;
}

/** Shows a list and waits for one item. */
export function pickOne<T>(options: PickOptions<T>): Promise<Answer<T>> {
  return shown<T, T>(options, (box) => box.selectedItems[0]?.entry);
}

/** Shows a list with check boxes and waits for Enter. */
export function pickSeveral<T>(options: PickOptions<T>): Promise<Answer<T[]>> {
  return shown<T, T[]>(
    options,
    (box) => ({
      label: '',
      value: box.selectedItems.flatMap(({ entry }) => (entry ? [entry.value] : [])),
    }),
    true,
  );
}

function shown<T, R>(
  options: PickOptions<T>,
  chosen: (box: QuickPick<Item<T>>) => PickItem<R> | undefined,
  many = false,
): Promise<Answer<R>> {
  const box = window.createQuickPick<Item<T>>();
  dress(box, options, many);
  const listeners: Disposable[] = [];
  return new Promise<Answer<R>>((resolve, reject) => {
    listeners.push(
      box.onDidAccept(() => {
        const entry = chosen(box);
        if (entry) resolve({ is: 'value', value: entry.value });
      }),
      box.onDidTriggerButton((button) => button === QuickInputButtons.Back && resolve({ is: 'back' })),
      box.onDidTriggerItemButton(({ item, button }) => void press(item.entry?.buttons, button).catch(reject)),
      box.onDidHide(() => resolve({ is: 'cancelled' })),
    );
    void fill(box, options, many).catch(reject);
    box.show();
  }).finally(() => Disposable.from(...listeners, box).dispose());
}

function dress<T>(box: QuickPick<Item<T>>, options: PickOptions<T>, many: boolean): void {
  const { canGoBack, placeholder, stays } = options;
  dressAs(box, options);
  box.placeholder = placeholder;
  box.canSelectMany = many;
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  // What was entered in the steps before must not be lost by a click elsewhere.
  box.ignoreFocusOut = canGoBack === true || many || stays === true;
  box.buttons = boxButtons(options);
}

async function fill<T>(box: QuickPick<Item<T>>, { items, active }: PickOptions<T>, many: boolean): Promise<void> {
  box.busy = items instanceof Promise;
  const entries = (await items).map(itemOf);
  box.items = entries;
  if (many) box.selectedItems = entries.filter(({ entry }) => entry?.selected);
  const under = active && entries.find(({ entry }) => entry && active(entry.value));
  if (under) box.activeItems = [under];
  box.busy = false;
}

function itemOf<T>(entry: PickItem<T> | Separator): Item<T> {
  if ('separator' in entry) return { label: entry.separator, kind: QuickPickItemKind.Separator, entry: undefined };
  const { label, description, detail, icon, buttons } = entry;
  return {
    label,
    description,
    detail,
    entry,
    ...(icon ? { iconPath: new ThemeIcon(icon) } : {}),
    ...(buttons ? { buttons: buttons.map(buttonOf) } : {}),
  };
}
