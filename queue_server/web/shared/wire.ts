// The one place pages take wire types from: the messages themselves, under the words the pages use, and what only sockets send.

export type {
  Board, BoardCall as Call, BoardWaiting, BoardWindow, BusinessFacts, ClassFacts as PriorityClassFacts, Clerk, HallFacts, Language,
  Missed as MissedTicket, Names, Problem as ProblemDocument, Seated, Session, Status as OwnTicket, TicketList as TicketPage, TicketReply as Ticket,
  TicketState, Waiting as WaitingTicket, Why, WindowFacts, WindowState, WindowView, ZoneFacts,
} from "./protocol.gen";
import type { Board } from "./protocol.gen";

/** What a clerk may do over the socket. */
export type Act = "next" | "recall" | "start" | "finish" | "finish-next" | "missed" | "sign-in" | "sign-out";

/** What comes every three seconds: how new the server's board is. */
export type Heartbeat = Pick<Board, "hall" | "epoch" | "version" | "at">;

export { Problem } from "./problem";
