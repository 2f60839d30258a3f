// A choice of several: pressed once it is in the list, pressed again it is not.

/** The list without `what` when it holds it, else with it at the end. */
export function toggled(list: readonly string[], what: string): readonly string[] {
  return list.includes(what) ? list.filter((each) => each !== what) : [...list, what];
}
