// The keys of wishes: the same wish pressed again after an answer that never came is the same wish, so it happens once.

import { newKey } from "./keys";

const DOUBLE_MS = 800;

export class Wishes {
  private open: { said: string; key: string } | null = null;
  private pressed: { said: string; at: number } | null = null;

  constructor(private readonly make: () => string = newKey) {}

  /** True when this press comes so soon after the same one that the hand meant one. */
  double(said: string, now: number): boolean {
    const again = this.pressed !== null && this.pressed.said === said && now - this.pressed.at < DOUBLE_MS;
    if (!again) this.pressed = { said, at: now };
    return again;
  }

  /** The key for a wish: the one it had while nobody knows what became of it, else a new one. */
  key(path: string, body: object): string {
    const said = `${path} ${JSON.stringify(body)}`;
    if (this.open?.said !== said) this.open = { said, key: this.make() };
    return this.open.key;
  }

  /** The server has answered: the next wish is a new one. */
  answered(): void {
    this.open = null;
  }
}
