// The one place pages take wire types from, so that how they are made may change without touching a page.

export type {
  Act, Board, BoardWaiting, BoardWindow, BusinessFacts, Call, Clerk, HallFacts, Heartbeat, MissedTicket, Names, OwnTicket,
  PriorityClassFacts, ProblemDocument, Seated, Session, Ticket, TicketPage, TicketState, WaitingTicket, Why, WindowFacts, WindowState, WindowView, ZoneFacts,
} from "./protocol.gen";
export { Problem } from "./problem";
