import { type QuickInput, type QuickInputButton, QuickInputButtons, ThemeIcon } from 'vscode';
import type { Button, Place } from './ui.ts';

/** What lists and input boxes have in common: where the question stands in its flow. */
export function dressAs(box: QuickInput, { title, step, totalSteps }: Place): void {
  box.title = title;
  box.step = step;
  box.totalSteps = totalSteps;
}

/** The buttons of a box, with Back before them where there is a way back. */
export function boxButtons({ canGoBack }: Place, buttons: readonly Button[] = []): QuickInputButton[] {
  return [...(canGoBack ? [QuickInputButtons.Back] : []), ...buttons.map(buttonOf)];
}

export function buttonOf({ icon, tooltip }: Button): QuickInputButton {
  return { iconPath: new ThemeIcon(icon), tooltip };
}

/** VS Code gives back an object of its own: a button is known by its tooltip. */
export async function press(buttons: readonly Button[] = [], { tooltip }: QuickInputButton): Promise<void> {
  await buttons.find((button) => button.tooltip === tooltip)?.press();
}
