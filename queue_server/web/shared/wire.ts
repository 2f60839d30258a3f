// The one place pages take wire types from: the messages themselves, under the words the pages use, and what only sockets send.

export type {
  Before, Board, BoardCall as Call, BoardHours, BoardWaiting, BoardWindow, BusinessFacts, ByHandBody, ByHandLine, ByHandReply, CallList, CallListed, CaseList, CaseReply as Case, ClassFacts as PriorityClassFacts, Clerk, Consulted, Floor, FloorTodo, FloorWindow, HallFacts,
  Held as HeldTicket, HoldKind, ItemFacts, Language, LastDays,
  Missed as MissedTicket, Moved, Names, Note, PaperFacts, PapersSlip, Passing, Printer, PrinterList, PrinterSlip, Problem as ProblemDocument, Seated, Session, SessionUser, Status as OwnTicket, TakeBody, TicketList as TicketPage, TicketReply as Ticket,
  Say, Saying, TicketState, Undoable, Waiting as WaitingTicket, Why, WindowFacts, WindowReply, WindowState, WindowView, ZoneFacts,
  VoiceState, VoiceTold,
} from "./protocol.gen";
import type { Board } from "./protocol.gen";

/** What a clerk may do over the socket. */
export type Act =
  | "next" | "call-given" | "recall" | "start" | "finish" | "finish-next" | "papers-missing" | "on-promise" | "missed" | "more-time" | "hold" | "resume" | "rejoin" | "requeue" | "transfer" | "undo"
  | "grade" | "move" | "mark-timing" | "open" | "close" | "pause" | "unpause" | "help" | "help-ended" | "sign-in" | "sign-out";

/** What comes every three seconds: how new the server's board is. */
export type Heartbeat = Pick<Board, "hall" | "epoch" | "version" | "at">;

export { Problem } from "./problem";
