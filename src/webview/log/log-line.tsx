import type { CSSProperties, VNode } from 'preact';
import type { LogLine } from '../state/log-state.ts';
import { plainStyle, type AnsiColour, type AnsiStyle } from './ansi.ts';
import { findLinks, type FileLink } from './find-links.ts';
import { t } from '../language/page-language.ts';

/** A stretch of a line: in one style, all or nothing of a link, all or nothing of a match. */
interface Part {
  readonly text: string;
  readonly style: AnsiStyle;
  readonly link: FileLink | null;
  readonly isMatch: boolean;
}

/** One line of a log. Nothing of it but text gets into the page. */
export function LogLineView(props: {
  readonly line: LogLine;
  /** In lower case; empty marks nothing. */
  readonly query: string;
  readonly isGoal: boolean;
  readonly onOpen: (link: FileLink) => void;
}): VNode {
  const { line, query, isGoal, onOpen } = props;
  const links = findLinks(line.text);
  const children =
    links.length === 0 && query === '' && line.runs.every(({ style }) => style === plainStyle)
      ? line.text
      : cutLine(line, links, query).map((part, index) => partView(part, index, onOpen));
  return (
    <div class={isGoal ? 'log-line goal' : 'log-line'}>
      {children}
      {'\n'}
    </div>
  );
}

function partView(part: Part, index: number, onOpen: (link: FileLink) => void): VNode {
  const { text, style, link, isMatch } = part;
  const content = isMatch ? <mark>{text}</mark> : text;
  const look = lookOfStyle(style);
  if (link === null) {
    return (
      <span key={index} {...look}>
        {content}
      </span>
    );
  }
  return (
    <button
      key={index}
      type="button"
      {...look}
      class={`log-link ${look.class ?? ''}`}
      title={t('Open {0}, line {1}', link.path, link.line)}
      onClick={() => onOpen(link)}
    >
      {content}
    </button>
  );
}

function cutLine(line: LogLine, links: readonly FileLink[], query: string): readonly Part[] {
  const matches = query === '' ? [] : placesOf(line.text.toLowerCase(), query);
  const borders = new Set<number>();
  for (const { start, end } of [...links, ...matches]) borders.add(start).add(end);
  const sorted = [...borders].sort((one, other) => one - other);
  const parts: Part[] = [];
  let at = 0;
  for (const { text, style } of line.runs) {
    const runEnd = at + text.length;
    const inside = sorted.filter((border) => border > at && border < runEnd);
    for (const end of [...inside, runEnd]) {
      const start = at;
      parts.push({
        text: line.text.slice(start, end),
        style,
        link: links.find((link) => start >= link.start && end <= link.end) ?? null,
        isMatch: matches.some((match) => start >= match.start && end <= match.end),
      });
      at = end;
    }
  }
  return parts;
}

function placesOf(text: string, query: string): readonly { start: number; end: number }[] {
  const places: { start: number; end: number }[] = [];
  for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + query.length)) {
    places.push({ start: at, end: at + query.length });
  }
  return places;
}

function lookOfStyle(style: AnsiStyle): { class?: string; style?: CSSProperties } {
  if (style === plainStyle) return {};
  const names: string[] = [];
  const css: CSSProperties = {};
  const fg = style.isInverse ? style.bg : style.fg;
  const bg = style.isInverse ? (style.fg ?? 'inverse') : style.bg;
  if (bg === 'inverse') names.push('ansi-inverse');
  else if (bg !== null) Object.assign(css, background(bg));
  else if (fg !== null) css.color = foreground(fg);
  else if (style.isDim) names.push('muted');
  if (style.isBold) names.push('ansi-bold');
  if (style.isItalic) names.push('ansi-italic');
  if (style.isUnderlined) names.push('ansi-underlined');
  if (style.isStruck) names.push('ansi-struck');
  return { class: names.join(' '), style: css };
}

function foreground(colour: AnsiColour): string {
  return typeof colour === 'number'
    ? `var(--ansi-fg-${colour})`
    : `color-mix(in srgb, ${colour} 45%, var(--vscode-editor-foreground))`;
}

/** On a background the text is what can be read on it, whatever was asked for. */
function background(colour: AnsiColour): CSSProperties {
  return typeof colour === 'number'
    ? { background: `var(--ansi-bg-${colour})`, color: `var(--ansi-on-${colour})` }
    : { borderBottom: `2px solid ${colour}` };
}
