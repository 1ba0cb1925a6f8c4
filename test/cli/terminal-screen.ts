/** What a terminal shows after all that was written to it: enough of one for what this program writes. */
export function screenAfter(output: string, columns: number): string[] {
  const lines: string[] = [''];
  let row = 0;
  let column = 0;
  const put = (character: string): void => {
    if (column >= columns) {
      row += 1;
      column = 0;
    }
    while (lines.length <= row) lines.push('');
    const line = (lines[row] ?? '').padEnd(column);
    lines[row] = line.slice(0, column) + character + line.slice(column + 1);
    column += 1;
  };
  for (const match of output.matchAll(/\u001b\[([?0-9;]*)([A-Za-z])|\r|\n|[^]/gu)) {
    const [text, argument = '', command] = match;
    if (text === '\r') column = 0;
    else if (text === '\n') {
      row += 1;
      while (lines.length <= row) lines.push('');
    } else if (command === 'A') row = Math.max(0, row - Number(argument || 1));
    else if (command === 'K') lines[row] = (lines[row] ?? '').slice(0, column);
    else if (command === 'J') {
      lines[row] = (lines[row] ?? '').slice(0, column);
      lines.length = row + 1;
    } else if (command === 'G') column = Number(argument || 1) - 1;
    else if (command === undefined) put(text);
  }
  return lines.map((line) => line.trimEnd());
}
