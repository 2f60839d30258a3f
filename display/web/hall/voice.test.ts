// The mouth: one sound after another, only what stands on the screen, and nothing forgotten when the link is cut.
import { beforeEach, describe, expect, test, vi } from "vitest";
import { mouth, type Sounding } from "./voice";

const say = (turn: number) => ({ hall: "main", turn, call: turn + 100, sound: `/sound/${turn}`, volume: 40 });

class Wall {
  told: string[] = [];
  answers: unknown[] = [];
  playing = 0;
  most = 0;
  volumes: number[] = [];
  heard = true;
  allowed = true;
  missing = new Set<string>();
  ends: (() => void)[] = [];
  changed = (): void => undefined;

  readonly link = {
    tell: async (event: string, message: object): Promise<unknown> => {
      this.told.push(`${event} ${JSON.stringify(message)}`);
      return this.heard ? {} : null;
    },
  };

  readonly sounding: Sounding = {
    canSound: () => this.allowed,
    onChange: (tell) => (this.changed = tell),
    load: async (address) => {
      if (this.missing.has(address)) throw new Error("no sound");
      return async (volume) => {
        this.volumes.push(volume);
        this.most = Math.max(this.most, ++this.playing);
        await new Promise<void>((end) => this.ends.push(end));
        this.playing--;
      };
    },
    close: () => undefined,
  };
}

let wall: Wall;
beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  wall = new Wall();
});

const spoken = () => wall.told.filter((line) => line.startsWith("spoken")).map((line) => JSON.parse(line.slice(7)) as { turn: number; state: string }).map(({ turn, state }) => `${turn} ${state}`);
const answered = (answer: unknown) => void wall.answers.push(answer);
const settle = () => vi.advanceTimersByTimeAsync(0);

async function end(): Promise<void> {
  wall.ends.shift()!();
  await settle();
}

describe("a mouth", () => {
  test("plays one sound after another, at the hall's volume, and tells of each", async () => {
    const it = mouth(wall.link, wall.sounding, null, () => true, answered);
    [1, 2, 3].forEach((turn) => it.say(say(turn)));
    for (let nr = 0; nr < 3; nr++) {
      await settle();
      await end();
    }
    expect(spoken()).toEqual(["1 begun", "1 said", "2 begun", "2 said", "3 begun", "3 said"]);
    expect([wall.most, wall.volumes]).toEqual([1, [0.4, 0.4, 0.4]]);
  });

  test("waits until the call stands on the screen, but not for ever", async () => {
    let there = false;
    const it = mouth(wall.link, wall.sounding, null, () => there, answered);
    it.say(say(1));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(spoken()).toEqual([]);
    there = true;
    await vi.advanceTimersByTimeAsync(100);
    expect(spoken()).toEqual(["1 begun"]);
    await end();
    there = false;
    it.say(say(2));
    await vi.advanceTimersByTimeAsync(9_000);
    expect(spoken().at(-1)).toBe("2 begun");
  });

  test("does not say what another screen says by now", async () => {
    const it = mouth(wall.link, wall.sounding, null, () => true, answered);
    it.say(say(1));
    it.say(say(2));
    await settle();
    await vi.advanceTimersByTimeAsync(12_000);
    await end();
    expect(spoken()).toEqual(["1 begun", "1 said", "2 failed"]);
  });

  test("says that it could not, and goes on", async () => {
    wall.missing.add("/sound/1");
    const it = mouth(wall.link, wall.sounding, null, () => true, answered);
    it.say(say(1));
    it.say(say(2));
    await settle();
    await end();
    expect(spoken()).toEqual(["1 failed", "2 begun", "2 said"]);
  });

  test("tells the server after a cut link what it had said, once", async () => {
    const it = mouth(wall.link, wall.sounding, "east", () => true, answered);
    it.say(say(7));
    await settle();
    wall.heard = false;
    await end();
    wall.heard = true;
    wall.told = [];
    await it.offer();
    await it.offer();
    expect(wall.told).toEqual(['voice {"zone":"east","can_speak":true,"said":7}', 'voice {"zone":"east","can_speak":true}']);
  });

  test("offers again when the browser allows or forbids sound", async () => {
    mouth(wall.link, wall.sounding, null, () => true, answered);
    wall.allowed = false;
    wall.changed();
    await settle();
    expect(wall.told).toEqual(['voice {"zone":null,"can_speak":false}']);
    expect(wall.answers).toEqual([{}]);
  });
});
