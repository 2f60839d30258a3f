// The one place pages take wire types from, so that how they are made may change without touching a page.

export type {
  Act, Board, BoardWaiting, BoardWindow, BusinessFacts, Call, HallFacts, Heartbeat, MissedTicket, Names, NextTicket, OwnTicket,
  PriorityClassFacts, ProblemDocument, Session, Ticket, TicketPage, TicketState, Why, WindowFacts, WindowState, WindowView, ZoneFacts,
} from "./protocol.gen";
export { Problem } from "./problem";
