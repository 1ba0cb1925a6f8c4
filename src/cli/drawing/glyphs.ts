/** The signs in front of a state. ASCII where the terminal has no others. */
export interface Glyphs {
  readonly pending: string;
  readonly running: string;
  readonly retrying: string;
  readonly waiting: string;
  readonly cancelling: string;
  readonly succeeded: string;
  readonly failed: string;
  readonly cancelled: string;
  readonly skipped: string;
  readonly interrupted: string;
  readonly stuck: string;
  readonly line: string;
  readonly ellipsis: string;
  readonly separator: string;
  /** Frames of the sign of something that runs, about ten a second. */
  readonly spinner: readonly string[];
}

const unicode: Glyphs = {
  pending: '○',
  running: '▶',
  retrying: '↻',
  waiting: '?',
  cancelling: '■',
  succeeded: '✓',
  failed: '✗',
  cancelled: '■',
  skipped: '-',
  interrupted: '!',
  stuck: '!',
  line: '─',
  ellipsis: '…',
  separator: '·',
  spinner: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
};

const ascii: Glyphs = {
  pending: '.',
  running: '>',
  retrying: '~',
  waiting: '?',
  cancelling: '#',
  succeeded: '+',
  failed: 'x',
  cancelled: '#',
  skipped: '-',
  interrupted: '!',
  stuck: '!',
  line: '-',
  ellipsis: '...',
  separator: '-',
  spinner: ['|', '/', '-', '\\'],
};

/** The glyphs that the terminal can surely show: the Linux console and old Windows consoles get ASCII. */
export function glyphsFor(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
): Glyphs {
  const term = environment['TERM'];
  if (term === 'linux' || term === 'dumb') return ascii;
  if (platform !== 'win32') return unicode;
  const isModern =
    environment['WT_SESSION'] !== undefined ||
    environment['TERM_PROGRAM'] !== undefined ||
    environment['ConEmuTask'] !== undefined ||
    environment['CI'] !== undefined ||
    (term ?? '').startsWith('xterm');
  return isModern ? unicode : ascii;
}
