// Sound in a browser: Web Audio, which a browser started for a wall may use without anybody touching the screen.

import type { Sounding } from "./voice";

/** Plays through Web Audio with this page's token. */
export function webAudio(token: string | undefined): Sounding {
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
