import { createInterface } from 'node:readline';
import type { Terminal } from '../terminal.ts';

/** The answer to one question, without the line's end; null when the person ended it (Ctrl-C, Ctrl-D). */
export async function ask(terminal: Terminal, question: string): Promise<string | null> {
  const prompt = createInterface({
    input: terminal.stdin,
    output: process.stdout,
    terminal: true,
    historySize: 0,
  });
  try {
    return await new Promise<string | null>((resolve) => {
      prompt.once('SIGINT', () => resolve(null));
      prompt.once('close', () => resolve(null));
      prompt.question(question, resolve);
    });
  } finally {
    prompt.close();
  }
}

/** Asks for a yes; nothing typed means no. Null as above. */
export async function askYes(terminal: Terminal, question: string): Promise<boolean | null> {
  const answer = await ask(terminal, `${question} [y/N] `);
  return answer === null ? null : /^y(es)?$/i.test(answer.trim());
}
