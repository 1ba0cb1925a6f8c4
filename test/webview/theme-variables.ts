/** The part of the editor's theme variables that the dashboard and the toolkit read, for each kind of theme. */

/** What the editor sets on the page. */
export interface Theme {
  /** The class of `body`. */
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}

const fonts = {
  'font-family': "'Liberation Sans', 'Segoe UI', sans-serif",
  'font-size': '13px',
  'font-weight': 'normal',
  'editor-font-family': "'DejaVu Sans Mono', monospace",
  'editor-font-size': '12px',
};

const colours = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White'];

/** The sixteen colours of terminals. */
function terminal(values: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    values
      .split(' ')
      .map((value, index) => [
        `terminal-ansi${index < 8 ? '' : 'Bright'}${colours[index % 8] ?? ''}`,
        value,
      ]),
  );
}

const dark = {
  ...fonts,
  ...terminal(
    '#000000 #cd3131 #0dbc79 #e5e510 #2472c8 #bc3fbc #11a8cd #e5e5e5 #666666 #f14c4c #23d18b #f5f543 #3b8eea #d670d6 #29b8db #e5e5e5',
  ),
  foreground: '#cccccc',
  descriptionForeground: '#9d9d9d',
  errorForeground: '#f85149',
  focusBorder: '#0078d4',
  'icon-foreground': '#cccccc',
  'editor-background': '#1f1f1f',
  'editor-foreground': '#cccccc',
  'editorWarning-foreground': '#cca700',
  'sideBar-background': '#181818',
  'panel-background': '#181818',
  'panel-border': '#2b2b2b',
  'button-background': '#0078d4',
  'button-foreground': '#ffffff',
  'button-border': 'rgba(255, 255, 255, 0.07)',
  'button-hoverBackground': '#026ec1',
  'button-secondaryBackground': '#313131',
  'button-secondaryForeground': '#cccccc',
  'button-secondaryHoverBackground': '#3c3c3c',
  'badge-background': '#616161',
  'badge-foreground': '#f8f8f8',
  'input-background': '#313131',
  'input-foreground': '#cccccc',
  'input-placeholderForeground': '#989898',
  'settings-textInputBorder': '#3c3c3c',
  'settings-dropdownListBorder': '#454545',
  'inputOption-activeBackground': 'rgba(36, 137, 219, 0.51)',
  'inputOption-activeBorder': '#2488db',
  'inputOption-activeForeground': '#ffffff',
  'dropdown-background': '#313131',
  'dropdown-border': '#3c3c3c',
  'dropdown-foreground': '#cccccc',
  'checkbox-background': '#313131',
  'checkbox-border': '#3c3c3c',
  'checkbox-foreground': '#cccccc',
  'list-activeSelectionBackground': '#04395e',
  'list-activeSelectionForeground': '#ffffff',
  'list-inactiveSelectionBackground': '#37373d',
  'list-hoverBackground': '#2a2d2e',
  'list-focusOutline': '#0078d4',
  'textBlockQuote-background': '#2b2b2b',
  'progressBar-background': '#0078d4',
  'toolbar-hoverBackground': 'rgba(90, 93, 94, 0.31)',
  'scrollbarSlider-background': 'rgba(121, 121, 121, 0.4)',
  'scrollbarSlider-hoverBackground': 'rgba(100, 100, 100, 0.7)',
  'scrollbarSlider-activeBackground': 'rgba(191, 191, 191, 0.4)',
  'testing-iconPassed': '#73c991',
  'testing-iconFailed': '#f14c4c',
  'testing-iconQueued': '#cca700',
  'testing-iconSkipped': '#848484',
};

const light = {
  ...dark,
  foreground: '#3b3b3b',
  descriptionForeground: '#3b3b3b',
  focusBorder: '#005fb8',
  'icon-foreground': '#3b3b3b',
  'editor-background': '#ffffff',
  'editor-foreground': '#3b3b3b',
  'editorWarning-foreground': '#bf8803',
  'sideBar-background': '#f8f8f8',
  'panel-background': '#f8f8f8',
  'panel-border': '#e5e5e5',
  'button-background': '#005fb8',
  'button-border': 'rgba(0, 0, 0, 0.1)',
  'button-hoverBackground': '#0258a8',
  'button-secondaryBackground': '#e5e5e5',
  'button-secondaryForeground': '#3b3b3b',
  'button-secondaryHoverBackground': '#cccccc',
  'badge-background': '#cccccc',
  'badge-foreground': '#3b3b3b',
  'input-background': '#ffffff',
  'input-foreground': '#3b3b3b',
  'input-placeholderForeground': '#767676',
  'settings-textInputBorder': '#cecece',
  'settings-dropdownListBorder': '#cecece',
  'inputOption-activeBackground': '#bed6ed',
  'inputOption-activeBorder': '#005fb8',
  'inputOption-activeForeground': '#000000',
  'dropdown-background': '#ffffff',
  'dropdown-border': '#cecece',
  'dropdown-foreground': '#3b3b3b',
  'checkbox-background': '#f8f8f8',
  'checkbox-border': '#cecece',
  'checkbox-foreground': '#3b3b3b',
  'list-activeSelectionBackground': '#e8e8e8',
  'list-activeSelectionForeground': '#000000',
  'list-inactiveSelectionBackground': '#e4e6f1',
  'list-hoverBackground': '#f2f2f2',
  'list-focusOutline': '#005fb8',
  'textBlockQuote-background': '#f8f8f8',
  'progressBar-background': '#005fb8',
  'toolbar-hoverBackground': 'rgba(184, 184, 184, 0.31)',
  'testing-iconPassed': '#388a34',
  'testing-iconFailed': '#f14c4c',
};

/** In high contrast most fills are not set at all: borders take their place. */
function highContrast(of: {
  readonly foreground: string;
  readonly background: string;
  readonly muted: string;
  readonly border: string;
  readonly active: string;
  readonly button: string;
  readonly good: string;
  readonly bad: string;
  readonly warning: string;
}): Readonly<Record<string, string>> {
  return {
    ...fonts,
    ...terminal(
      of.background === '#000000'
        ? '#000000 #cd0000 #00cd00 #cdcd00 #0000ee #cd00cd #00cdcd #e5e5e5 #7f7f7f #ff0000 #00ff00 #ffff00 #5c5cff #ff00ff #00ffff #ffffff'
        : '#292929 #cd3131 #136c13 #949800 #0451a5 #bc05bc #0598bc #555555 #666666 #cd3131 #00bc00 #b5ba00 #0451a5 #bc05bc #0598bc #a5a5a5',
    ),
    foreground: of.foreground,
    descriptionForeground: of.muted,
    errorForeground: of.bad,
    focusBorder: of.active,
    contrastBorder: of.border,
    contrastActiveBorder: of.active,
    'icon-foreground': of.foreground,
    'editor-background': of.background,
    'editor-foreground': of.foreground,
    'editorWarning-foreground': of.warning,
    'panel-background': of.background,
    'panel-border': of.border,
    'button-background': of.button,
    'button-foreground': '#ffffff',
    'button-border': of.border,
    'button-secondaryBackground': of.background,
    'button-secondaryForeground': of.foreground,
    'badge-background': of.background,
    'badge-foreground': of.foreground,
    'input-background': of.background,
    'input-foreground': of.foreground,
    'input-placeholderForeground': of.muted,
    'settings-textInputBorder': of.border,
    'settings-dropdownListBorder': of.border,
    'inputOption-activeBackground': 'rgba(0, 0, 0, 0)',
    'inputOption-activeBorder': of.border,
    'inputOption-activeForeground': of.foreground,
    'dropdown-background': of.background,
    'dropdown-border': of.border,
    'dropdown-foreground': of.foreground,
    'checkbox-background': of.background,
    'checkbox-border': of.border,
    'checkbox-foreground': of.foreground,
    'list-focusOutline': of.active,
    'progressBar-background': of.border,
    'testing-iconPassed': of.good,
    'testing-iconFailed': of.bad,
    'testing-iconSkipped': '#848484',
    'scrollbarSlider-background': of.border,
  };
}

/** The four kinds of theme there are. */
export const themes = {
  dark: { bodyClass: 'vscode-dark', variables: dark },
  light: { bodyClass: 'vscode-light', variables: light },
  'high-contrast': {
    bodyClass: 'vscode-high-contrast',
    variables: highContrast({
      foreground: '#ffffff',
      background: '#000000',
      muted: 'rgba(255, 255, 255, 0.7)',
      border: '#6fc3df',
      active: '#f38518',
      button: '#000000',
      good: '#73c991',
      bad: '#f14c4c',
      warning: '#ffd370',
    }),
  },
  'high-contrast-light': {
    bodyClass: 'vscode-high-contrast-light vscode-high-contrast',
    variables: highContrast({
      foreground: '#292929',
      background: '#ffffff',
      muted: 'rgba(41, 41, 41, 0.7)',
      border: '#0f4a85',
      active: '#006bbd',
      button: '#0f4a85',
      good: '#007100',
      bad: '#b5200d',
      warning: '#895503',
    }),
  },
} satisfies Record<string, Theme>;

export type ThemeName = keyof typeof themes;
