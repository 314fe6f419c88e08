import { Disposable, type InputBox, type InputBoxValidationMessage, InputBoxValidationSeverity, QuickInputButtons, window } from 'vscode';
import { boxButtons, dressAs, press } from './dressing.ts';
import type { Answer, AskOptions, Problem } from './ui.ts';

/** Shows an input box until it is answered with something that is in order. */
export function askFor(options: AskOptions): Promise<Answer<string>> {
  const box = window.createInputBox();
  dress(box, options);
  const listeners: Disposable[] = [];
  return new Promise<Answer<string>>((resolve, reject) => {
    listeners.push(
      box.onDidChangeValue((text) => void checked(box, options, text).catch(reject)),
      box.onDidAccept(() => {
        if (box.enabled) void accepted(box, options).then((text) => text !== undefined && resolve({ is: 'value', value: text }), reject);
      }),
      box.onDidTriggerButton((button) => {
        if (button === QuickInputButtons.Back) resolve({ is: 'back' });
        else void press(options.buttons, button).catch(reject);
      }),
      box.onDidHide(() => resolve({ is: 'cancelled' })),
    );
    box.show();
  }).finally(() => {
    // What was typed goes with the box.
    box.value = '';
    Disposable.from(...listeners, box).dispose();
  });
}

function dress(box: InputBox, options: AskOptions): void {
  const { prompt, placeholder, value = '', password = false, buttons } = options;
  dressAs(box, options);
  box.prompt = prompt;
  box.placeholder = placeholder;
  box.value = value;
  box.password = password;
  // Keys are fetched from a web page, addresses from another window.
  box.ignoreFocusOut = true;
  box.buttons = boxButtons(options, buttons);
}

async function checked(box: InputBox, { check }: AskOptions, text: string): Promise<Problem | undefined> {
  const problem = await check?.(text);
  if (box.value === text) box.validationMessage = problem && messageOf(problem);
  return problem;
}

/** The text, when it is in order; else the box says what is not. */
async function accepted(box: InputBox, options: AskOptions): Promise<string | undefined> {
  const text = box.value;
  box.busy = true;
  box.enabled = false;
  try {
    const problem = await checked(box, options, text);
    if (problem?.severity === 'error') return undefined;
    const refused = await options.submit?.(text);
    if (refused) box.validationMessage = messageOf(refused);
    return refused ? undefined : text;
  } finally {
    box.busy = false;
    box.enabled = true;
  }
}

function messageOf({ severity, message }: Problem): InputBoxValidationMessage {
  return { message, severity: severity === 'error' ? InputBoxValidationSeverity.Error : InputBoxValidationSeverity.Warning };
}
