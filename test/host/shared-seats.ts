import { leaveSeat, takeSeat, type Seat } from './seat.ts';
import { AppWindow, type WindowOptions } from './window.ts';

/**
 * Windows of a whole run, on one server and in one browser profile for all that are opened alike:
 * what a profile has loaded once it loads in half the time, and a server starts but once.
 */
export class SharedSeats {
  readonly #seats = new Map<string, Seat>();

  /** Opens a window; it takes a server that is there, or starts one. */
  async open(options: WindowOptions): Promise<AppWindow> {
    const { workspace, ...likeness } = options;
    const key = JSON.stringify(likeness);
    let seat = this.#seats.get(key);
    if (seat?.browser.isConnected() === false) {
      await leaveSeat(seat);
      seat = undefined;
    }
    seat ??= await takeSeat(likeness, true);
    this.#seats.set(key, seat);
    return AppWindow.open(seat, workspace, options.extensionPath);
  }

  /** Ends everything. */
  async dispose(): Promise<void> {
    for (const seat of this.#seats.values()) await leaveSeat(seat);
    this.#seats.clear();
  }
}
