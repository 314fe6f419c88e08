/**
 * Every name that package.json and the code share, once. A test compares the two both ways.
 * Commands on a tree item take the item as their argument, and ask which one when called from the palette.
 */
export const COMMANDS = [
  'omniroute.menu',
  'omniroute.openDashboard',
  'omniroute.showInDashboard',
  'omniroute.dashboard.providers',
  'omniroute.dashboard.combos',
  'omniroute.dashboard.quota',
  'omniroute.dashboard.requests',
  'omniroute.dashboard.tools',
  'omniroute.getStarted',
  'omniroute.refresh',
  'omniroute.copyBaseUrl',
  'omniroute.copyKey',
  'omniroute.restartGateway',
  'omniroute.openConfig',
  'omniroute.showLog',
  'omniroute.exportBackup',
  'omniroute.importBackup',
  'omniroute.restoreCopy',
  'omniroute.chooseLanguage',
  'omniroute.openSettings',
  'omniroute.saveDiagnostics',
  'omniroute.signOut',
  'omniroute.resetHealth',
  'omniroute.tryIt',
  'omniroute.addProvider',
  'omniroute.importKeys',
  'omniroute.account.test',
  'omniroute.account.edit',
  'omniroute.account.setKey',
  'omniroute.account.enable',
  'omniroute.account.disable',
  'omniroute.account.remove',
  'omniroute.account.refreshQuota',
  'omniroute.account.resetHealth',
  'omniroute.account.openKeyPage',
  'omniroute.combo.new',
  'omniroute.combo.test',
  'omniroute.combo.strategy',
  'omniroute.combo.addTarget',
  'omniroute.combo.removeTarget',
  'omniroute.combo.moveUp',
  'omniroute.combo.moveDown',
  'omniroute.combo.rename',
  'omniroute.combo.enable',
  'omniroute.combo.disable',
  'omniroute.combo.remove',
  'omniroute.combo.explain',
  'omniroute.manageModels',
  'omniroute.model.copyName',
  'omniroute.model.hide',
  'omniroute.model.show',
  'omniroute.request.details',
  'omniroute.request.copyId',
  'omniroute.bridge.turnOn',
  'omniroute.bridge.turnOff',
  'omniroute.tool.setUp',
  'omniroute.tool.undo',
  'omniroute.tool.verify',
  'omniroute.tool.mend',
  'omniroute.tool.copySnippet',
  'omniroute.tool.openFile',
  'omniroute.tool.revoke',
  'omniroute.tool.lookAgain',
  'omniroute.setUpAll',
] as const;
export type Command = (typeof COMMANDS)[number];

export const VIEWS = [
  'omniroute.providers',
  'omniroute.combos',
  'omniroute.quota',
  'omniroute.requests',
  'omniroute.tools',
  'omniroute.overview',
] as const;
export type View = (typeof VIEWS)[number];

/** For `when` clauses; set in one place, `context-keys.ts`. */
export const CONTEXT_KEYS = [
  /** `connecting`, `ready`, `failed`, `stopped`. */
  'omniroute.gateway',
  'omniroute.hasAccounts',
  'omniroute.hasCombos',
  'omniroute.hasQuota',
  'omniroute.hasRequests',
  'omniroute.bridgeOn',
] as const;
export type ContextKey = (typeof CONTEXT_KEYS)[number];

/** Settings and their values, without `omniroute.`. */
export interface Settings {
  port: number;
  'statusBar.show': 'auto' | 'quota' | 'cost' | 'requests' | 'icon' | 'hidden';
  'notifications.quota': boolean;
  'notifications.unavailable': boolean;
  'notifications.signIn': boolean;
  'notifications.budget': boolean;
  'notifications.gateway': boolean;
  /** Patterns of model names that Copilot Chat's picker does not list. */
  'models.hidden': string[];
  'copilotBridge.enabled': boolean;
  /** Ids of tools that are kept in step without asking. */
  autoSetup: string[];
}
export type Setting = keyof Settings;
