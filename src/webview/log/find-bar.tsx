import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import type { FindState, LogModel } from '../state/log-model.ts';
import { Button, TextField } from '../ui.ts';
import { t } from '../language/page-language.ts';
import { formatCount } from '../language/format.ts';

/** Looks for lines of the whole log: the text, how many there are, and the way from one to the next. */
export function FindBar(props: {
  readonly find: FindState;
  readonly log: LogModel;
  readonly onLeave: () => void;
}): VNode {
  const { find, log, onLeave } = props;
  const field = useRef<HTMLElement>(null);
  const isText = find.kind === 'text';
  // Before the next frame: a person goes on to type at once.
  useLayoutEffect(() => {
    if (isText) field.current?.focus();
  }, [isText]);
  const close = (): void => {
    log.openFind(false);
    onLeave();
  };
  return (
    <div
      class="find-bar"
      role="search"
      aria-label={t('Search in the log')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
        else if (event.key === 'Enter' && event.target === field.current) {
          log.findNext(event.shiftKey);
        } else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {isText ? (
        <TextField
          fieldRef={field}
          aria-label={t('Text to find')}
          placeholder={t('Find in the whole log')}
          value={find.query}
          onInput={(query) => log.findText(query.slice(0, 200))}
        />
      ) : (
        <span class="find-kind">{t('Lines that tell of a failure')}</span>
      )}
      <span class="find-count number" role="status">
        {countWords(find)}
      </span>
      <Button
        appearance="icon"
        aria-label={t('Previous line')}
        title={t('Previous line (Shift+Enter)')}
        onClick={() => log.findNext(true)}
      >
        <Icon name="arrow-up" />
      </Button>
      <Button
        appearance="icon"
        aria-label={t('Next line')}
        title={t('Next line (Enter)')}
        onClick={() => log.findNext(false)}
      >
        <Icon name="arrow-down" />
      </Button>
      <Button
        appearance="icon"
        aria-label={t('Close search')}
        title={t('Close (Escape)')}
        onClick={close}
      >
        <Icon name="close" />
      </Button>
    </div>
  );
}

function countWords({ isBusy, result, query, kind }: FindState): string {
  if (isBusy && result === null) return t('Searching…');
  if (result === null || (kind === 'text' && query === '')) return '';
  if (result.index === null) return t('No line');
  const total = `${formatCount(result.total)}${result.isCapped ? '+' : ''}`;
  const place = formatCount(result.index + 1);
  return result.total === 1
    ? t('{0} of {1} line', place, total)
    : t('{0} of {1} lines', place, total);
}
