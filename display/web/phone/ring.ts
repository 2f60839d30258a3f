// Ring and vibrate at the visitor's turn, only when asked for by a touch; shorter than three seconds.

let sound: AudioContext | null = null;

/** Must run inside a touch: browsers let a page make sounds only after one. */
export function allowRing(): void {
  sound ??= new AudioContext();
  void sound.resume();
}

/** Two tones, twice, and a vibration where the phone has one. */
export function ring(): void {
  if (!sound) return;
  navigator.vibrate?.([400, 200, 400, 200, 400]);
  const start = sound.currentTime;
  for (const [i, tone] of [880, 660, 880, 660].entries()) {
    const oscillator = sound.createOscillator();
    const loudness = sound.createGain();
    oscillator.frequency.value = tone;
    loudness.gain.setValueAtTime(0.4, start + i * 0.45);
    loudness.gain.exponentialRampToValueAtTime(0.001, start + i * 0.45 + 0.4);
    oscillator.connect(loudness).connect(sound.destination);
    oscillator.start(start + i * 0.45);
    oscillator.stop(start + i * 0.45 + 0.42);
  }
}
