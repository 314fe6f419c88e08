import type { ComponentChildren, HTMLAttributes } from 'preact';

/** Attributes and properties of the elements of @vscode-elements/elements that are used here. */
type Custom = HTMLAttributes<HTMLElement> & { children?: ComponentChildren };

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'vscode-button': Custom & { secondary?: boolean; icon?: string | undefined; disabled?: boolean };
      'vscode-textfield': Custom & {
        type?: string;
        label?: string;
        value?: string;
        placeholder?: string | undefined;
        invalid?: boolean;
        disabled?: boolean;
        min?: number | undefined;
        max?: number | undefined;
        step?: number | 'any' | undefined;
      };
      'vscode-textarea': Custom & {
        label?: string;
        value?: string;
        rows?: number;
        resize?: string;
        invalid?: boolean;
        disabled?: boolean;
      };
      'vscode-single-select': Custom & { label?: string; value?: string; invalid?: boolean; disabled?: boolean };
      'vscode-option': Custom & { value?: string; description?: string | undefined; selected?: boolean };
      'vscode-checkbox': Custom & { label?: string; checked?: boolean; disabled?: boolean };
      'vscode-badge': Custom & { variant?: string };
      'vscode-progress-ring': Custom;
      'vscode-progress-bar': Custom;
      'vscode-collapsible': Custom & { title?: string; heading?: string; description?: string; open?: boolean };
    }
  }
}
