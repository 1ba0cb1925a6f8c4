import type { Log } from '../../engine/ports.ts';
import type { Terminal } from '../terminal.ts';

/** Tells what the engine has to complain about while it runs in the foreground. */
export class RunLog implements Log {
  #tell: (text: string) => void;
  #hasComplained = false;

  constructor(terminal: Pick<Terminal, 'stderr'>) {
    this.#tell = (text) => {
      terminal.stderr.write(`agent-executor: ${text}\n`);
    };
  }

  /** From now on somebody else tells it: on a screen that is redrawn lines of others would be lost. */
  tellBy(tell: (text: string) => void): void {
    this.#tell = tell;
  }

  debug(): void {
    // Nobody asked.
  }

  /** That all is well is only news after a complaint. */
  info(message: string): void {
    if (this.#hasComplained) this.#tell(message);
  }

  warn(message: string): void {
    this.#complain(`warning: ${message}`);
  }

  error(message: string): void {
    this.#complain(message);
  }

  #complain(text: string): void {
    this.#hasComplained = true;
    this.#tell(text);
  }
}
