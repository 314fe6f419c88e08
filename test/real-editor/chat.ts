import type { Locator } from 'playwright-core';
import type { EditorHouse } from './house.ts';
import { until } from './until.ts';
import type { EditorWindow } from './window.ts';

/** Copilot Chat's own panel. */
export class Chat {
  readonly #window: EditorWindow;
  readonly #panel: Locator;

  private constructor(window: EditorWindow) {
    this.#window = window;
    this.#panel = window.page.locator('.interactive-session');
  }

  /**
   * Opens the panel once Copilot Chat is ready to answer. On a fresh profile it sleeps, and the first question would open a sign-in
   * dialog; its list of models wakes it, and it answers with other providers' models without anybody signed in.
   */
  static async open(house: EditorHouse, window: EditorWindow): Promise<Chat> {
    await window.command('Chat: Manage Language Models');
    await until('Copilot Chat is ready', () => house.copilotLog().includes('ConversationFeature: Activating contributions'), 40_000);
    await window.page.keyboard.press('Escape');
    await window.command('Chat: Open Chat');
    const chat = new Chat(window);
    await chat.#input.waitFor();
    return chat;
  }

  get #input(): Locator {
    return this.#panel.getByRole('textbox', { name: /^Chat Input/ });
  }

  get answers(): Locator {
    return this.#panel.locator('.interactive-response');
  }

  /** Chooses the model whose name begins so in the picker. */
  async choose(model: string): Promise<void> {
    const { page } = this.#window;
    await this.#panel.getByRole('button', { name: /^Models, / }).click();
    const search = page.getByRole('combobox', { name: 'Search models' });
    await search.fill(model);
    await page.locator('.action-widget').getByRole('option').filter({ hasText: model }).first().click();
    await search.waitFor({ state: 'hidden' });
    await this.#panel.getByRole('button', { name: `Models, ${model}` }).waitFor();
  }

  /** Sends a message as a person does. */
  async ask(text: string): Promise<void> {
    await this.#input.focus();
    await this.#window.page.keyboard.insertText(text);
    await this.#window.page.keyboard.press('Enter');
  }
}
