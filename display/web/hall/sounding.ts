// Sound in a browser: Web Audio, which a browser started for a wall may use without anybody touching the screen.

import type { Sounding } from "./voice";

/** A browser without sound: another screen speaks, and this one shows it. */
const MUTE: Sounding = {
  canSound: () => false,
  onChange: () => undefined,
  load: () => Promise.reject(new Error("this browser has no sound")),
  close: () => undefined,
};

/** How this browser sounds, with this page's token; what shows the calls must not depend on it. */
export function soundOf(token: string | undefined): Sounding {
  try {
    return webAudio(token);
  } catch (problem) {
    console.warn("This browser has no sound.", problem);
    return MUTE;
  }
}

function webAudio(token: string | undefined): Sounding {
  const audio = new AudioContext();
  let changed = (): void => undefined;
  // A browser that wants a touch first leaves it suspended; a touch on the screen is then enough.
  const wake = (): void => void audio.resume().catch(() => undefined);
  audio.onstatechange = () => changed();
  addEventListener("pointerdown", wake);
  addEventListener("keydown", wake);
  wake();
  return {
    canSound: () => audio.state === "running",
    onChange: (tell) => (changed = tell),
    async load(address) {
      const answer = await fetch(address, { headers: token === undefined ? {} : { Authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(5_000) });
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      const sound = await audio.decodeAudioData(await answer.arrayBuffer());
      return async (volume) => {
        const source = new AudioBufferSourceNode(audio, { buffer: sound });
        const gain = new GainNode(audio, { gain: volume });
        await new Promise<void>((ended, failed) => {
          // A sound card that was pulled stops the audio's clock, and no end would ever come.
          const limit = setTimeout(() => {
            source.onended = null;
            source.stop();
            failed(new Error("the sound does not end"));
          }, sound.duration * 1_000 + 3_000);
          source.onended = () => {
            clearTimeout(limit);
            ended();
          };
          source.connect(gain).connect(audio.destination);
          source.start();
        });
      };
    },
    close() {
      removeEventListener("pointerdown", wake);
      removeEventListener("keydown", wake);
      void audio.close();
    },
  };
}
