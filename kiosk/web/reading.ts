// When what is read: a page as it comes, a key as it is reached, what a press has changed; and the countdown, for everybody.

import { nextTick, onMounted, onUnmounted, watch, type Ref } from "vue";

import { pieces, Voice } from "./speech";

export interface Reading {
  /** Whether the visitor has the page read. */
  on: Ref<boolean>;
  page: Ref<string>;
  language: Ref<string>;
  /** Seconds until a silent visitor is forgotten; null while nobody is asked. */
  countdown: Ref<number | null>;
  /** How the four keys are used, read after a page. */
  keys: () => string;
  left: (seconds: number) => string;
}

/** Seconds left at which the countdown is said again. */
export const SAID_AT = [10, 5];

export function useReading(reading: Reading): Voice {
  const voice = new Voice();
  const main = (): Element | null => document.querySelector("main");
  const status = (): string => [...document.querySelectorAll("main [role=status]")].map((each) => each.textContent).join("\n");
  let before = "";
  /** The press has had the whole page read. */
  let whole = false;

  function page(): void {
    const part = main();
    if (!part) return;
    before = status();
    const said = pieces(part, reading.language.value);
    const alone = reading.page.value === "evacuated" || reading.countdown.value !== null;
    if (reading.on.value || reading.countdown.value !== null) voice.say(reading.language.value, alone ? said : [...said, reading.keys()]);
  }

  function key(event: Event): void {
    if (reading.on.value && event.target instanceof HTMLButtonElement) sayKey(event.target, []);
  }

  function sayKey(pressed: HTMLButtonElement, more: string[]): void {
    const own = pressed.ariaLabel ? [pressed.ariaLabel] : pieces(pressed);
    voice.say(pressed.closest<HTMLElement>("[lang]")?.lang || reading.language.value, [...own, ...more]);
  }

  /** Before the page hears of the press: what it changes may be there before the press is over. */
  function begun(): void {
    whole = false;
  }

  /** A press that stays on its page is answered by the key itself, and by what the page says now. */
  function pressed(event: Event): void {
    const target = event.target instanceof Element ? event.target.closest("button") : null;
    void nextTick(() => {
      if (whole || !reading.on.value || !target || !target.isConnected) return;
      const now = status();
      const said = now === before ? [] : [...document.querySelectorAll("main [role=status]")].flatMap((each) => pieces(each));
      before = now;
      sayKey(target, said);
    });
  }

  watch([reading.page, reading.language, reading.on], () => {
    whole = true;
    void nextTick(() => (reading.on.value || reading.countdown.value !== null ? page() : voice.stop()));
  });
  watch(reading.countdown, (seconds) => {
    if (seconds !== null && SAID_AT.includes(seconds)) voice.say(reading.language.value, [reading.left(seconds)]);
  });
  onMounted(() => {
    document.addEventListener("focusin", key);
    document.addEventListener("click", begun, true);
    document.addEventListener("click", pressed);
  });
  onUnmounted(() => {
    voice.stop();
    document.removeEventListener("focusin", key);
    document.removeEventListener("click", begun, true);
    document.removeEventListener("click", pressed);
  });
  return voice;
}
