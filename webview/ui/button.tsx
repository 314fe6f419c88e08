import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { ComponentChildren, VNode } from 'preact';
import { Icon } from './icon.tsx';

interface ButtonProps {
  onClick(): void;
  children: ComponentChildren;
  icon?: string;
  /** `primary`: the one thing to do here. */
  kind?: 'primary' | 'secondary';
  disabled?: boolean;
  title?: string;
}

export function Button({ onClick, children, icon, kind = 'secondary', disabled = false, title }: ButtonProps): VNode {
  return (
    <vscode-button
      secondary={kind === 'secondary'}
      disabled={disabled}
      aria-disabled={disabled ? 'true' : undefined}
      title={title}
      onClick={() => {
        // The element tells of a click by script or keyboard also when it is off.
        if (!disabled) onClick();
      }}
    >
      {icon && (
        <span slot="content-before">
          <Icon name={icon} />
        </span>
      )}
      {children}
    </vscode-button>
  );
}

interface IconButtonProps {
  icon: string;
  /** Said to those who do not see the icon, and shown to those who point at it. */
  label: string;
  onClick(): void;
  disabled?: boolean;
  /** Of a switch: whether it is on. */
  pressed?: boolean;
}

export function IconButton({ icon, label, onClick, disabled = false, pressed }: IconButtonProps): VNode {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} aria-pressed={pressed} disabled={disabled} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
