// Why this visitor and not another: the server's facts made into one sentence.

import type { Why } from "./wire";
import { minutes } from "./time";
import type { Saying } from "./words";

/**
 * The parts of the sentence for the facts of a call, each said only when its fact is there; `classes` are the words of the
 * visitor's priority classes in the language shown.
 */
export function whyParts(why: Why, classes: readonly string[], separator: string): Saying[] {
  const priority: Saying[] = classes.length > 0 ? [{ word: "why.priority", facts: { classes: classes.join(separator) } }] : [];
  const passed: Saying[] = why.passed > 0 ? [{ word: "why.passed", facts: { n: why.passed }, count: why.passed }] : [];
  switch (why.cause) {
    case "only":
      return [{ word: "why.only" }];
    case "longest":
      return [{ word: "why.longest" }];
    case "main-work":
    case "tie":
    case "place":
      return [{ word: `why.${why.cause}` }, ...priority, ...passed];
    case "head-start":
      // Without a class the visitor is back in time with missing papers, or the class was withdrawn since.
      return [...(classes.length > 0 ? priority : [{ word: "why.head-start" }]), ...passed];
    case "own":
    case "direct":
    case "by-hand":
      return [{ word: `why.${why.cause}` }, ...passed];
    case "secondary":
      return [{ word: "why.secondary", facts: { minutes: minutes(why.reluctance_ms) } }, ...priority, ...passed];
  }
}
