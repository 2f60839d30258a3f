// The mouth of a display: says where it hangs and whether it can sound, plays what the server asks for, and tells how far it is.

import type { Say } from "../../../queue_server/web/shared/wire";

/** How long a screen waits until the call it is to say stands on it. */
const SHOWN_MS = 9_000;
/** Later than this after it was asked for, somebody else says it: the server waits twelve seconds. */
const TOO_LATE_MS = 11_000;
const LOOK_MS = 100;

export interface Link {
  tell(event: string, message: object): Promise<unknown>;
}

export interface Mouth {
  /** Says again where this screen hangs; after every join. */
  offer(): Promise<void>;
  say(say: Say): void;
  close(): void;
}

export interface Sounding {
  readonly canSound: () => boolean;
  /** Called whenever the browser allows or forbids sound. */
  readonly onChange: (changed: () => void) => void;
  /** Fetches a sound; what it gives plays it at a volume (0 to 1) until its end. */
  readonly load: (address: string) => Promise<(volume: number) => Promise<void>>;
  readonly close: () => void;
}

/** A mouth on a link; `shown` tells whether a call stands on the screen yet, `told` gets the server's answer to each offer. */
export function mouth(link: Link, sounding: Sounding, zone: string | null, shown: (call: number) => boolean, told: (answer: unknown) => void): Mouth {
  // The turn that was said to its end while the server could not hear it.
  let unheard: number | null = null;
  let before: Promise<void> = Promise.resolve();

  async function offer(): Promise<void> {
    const said = unheard === null ? {} : { said: unheard };
    const answer = await link.tell("voice", { zone, can_speak: sounding.canSound(), ...said });
    if (answer !== null) unheard = null;
    told(answer);
  }

  async function speak({ turn, call, sound, volume }: Say, asked: number): Promise<void> {
    const passed = (): number => performance.now() - asked;
    try {
      const play = await sounding.load(sound);
      while (!shown(call) && passed() < SHOWN_MS) await new Promise((done) => setTimeout(done, LOOK_MS));
      if (passed() > TOO_LATE_MS) throw new Error("too late");
      void link.tell("spoken", { turn, state: "begun" });
      await play(volume / 100);
    } catch (problem) {
      // The server has another screen say it, and the log keeps that this one could not.
      console.warn("A call could not be said here.", problem);
      void link.tell("spoken", { turn, state: "failed" });
      return;
    }
    unheard = turn;
    if ((await link.tell("spoken", { turn, state: "said" })) !== null && unheard === turn) unheard = null;
  }

  sounding.onChange(() => void offer());
  return {
    offer,
    // One after another: two voices at once would be none.
    say(say) {
      const asked = performance.now();
      before = before.then(() => speak(say, asked));
    },
    close: sounding.close,
  };
}
