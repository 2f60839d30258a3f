// A QR code as one path of squares: of a visitor's own page, or of a code on paper.

import { encode } from "uqr";

const QUIET_ZONE = 4;

export interface Drawn {
  /** Modules from edge to edge, with the quiet zone. */
  readonly size: number;
  readonly path: string;
}

/** Where a visitor follows the own number; null when the hall has no address for phones or the ticket no token. */
export function statusUrl(publicUrl: string, token: string | null | undefined): string | null {
  return publicUrl !== "" && token ? `${publicUrl.replace(/\/+$/, "")}/t/${token}` : null;
}

export function drawn(said: string): Drawn {
  const { size, data } = encode(said, { ecc: "M", border: QUIET_ZONE });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: squares.join("") };
}
