/** Where detail.css makes one scroll of two: there is no height for panes of their own. */
const lowPage = '(max-height: 560px)';

/** Calls back when another element scrolls the execution than before, as when a panel is opened. Returns the end of it. */
export function onOtherScroller(run: () => void): () => void {
  const query = matchMedia(lowPage);
  query.addEventListener('change', run);
  return () => {
    query.removeEventListener('change', run);
  };
}
