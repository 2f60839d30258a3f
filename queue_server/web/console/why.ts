// Why this visitor and not another: the server's facts made into one sentence.

import type { Why } from "../shared/wire";
import { minutes } from "../shared/time";
import type { Saying } from "./acting";

/** The sentence for the facts of a call; `classes` are the words of the visitor's priority classes in the language shown. */
export function whySentence(why: Why, classes: readonly string[], separator: string): Saying {
  const passed = why.passed;
  switch (why.cause) {
    case "only":
      return { word: "why.only" };
    case "longest":
      return { word: "why.longest" };
    case "head-start":
      return { word: classes.length ? "why.head-start-of" : "why.head-start", facts: { classes: classes.join(separator), n: passed }, count: passed };
    case "secondary":
      return { word: passed > 0 ? "why.secondary-passed" : "why.secondary", facts: { minutes: minutes(why.reluctance_ms), n: passed }, count: passed };
  }
}
