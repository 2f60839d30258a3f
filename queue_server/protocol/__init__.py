"""Messages on the wire: what comes in is checked here, what goes out described; OpenAPI is made from it."""

from queue_server.protocol.halls import (
    Board as Board,
)
from queue_server.protocol.halls import (
    BoardCall as BoardCall,
)
from queue_server.protocol.halls import (
    BoardWaiting as BoardWaiting,
)
from queue_server.protocol.halls import (
    BoardWindow as BoardWindow,
)
from queue_server.protocol.halls import (
    BusinessFacts as BusinessFacts,
)
from queue_server.protocol.halls import (
    ClassFacts as ClassFacts,
)
from queue_server.protocol.halls import (
    HallFacts as HallFacts,
)
from queue_server.protocol.halls import (
    Session as Session,
)
from queue_server.protocol.halls import (
    SessionUser as SessionUser,
)
from queue_server.protocol.halls import (
    SettingsFacts as SettingsFacts,
)
from queue_server.protocol.halls import (
    WindowFacts as WindowFacts,
)
from queue_server.protocol.halls import (
    ZoneFacts as ZoneFacts,
)
from queue_server.protocol.incoming import (
    CallGivenBody as CallGivenBody,
)
from queue_server.protocol.incoming import (
    Code as Code,
)
from queue_server.protocol.incoming import (
    Empty as Empty,
)
from queue_server.protocol.incoming import (
    FinishBody as FinishBody,
)
from queue_server.protocol.incoming import (
    GradeBody as GradeBody,
)
from queue_server.protocol.incoming import (
    HoldBody as HoldBody,
)
from queue_server.protocol.incoming import (
    JournalQuery as JournalQuery,
)
from queue_server.protocol.incoming import (
    ListQuery as ListQuery,
)
from queue_server.protocol.incoming import (
    MoveBody as MoveBody,
)
from queue_server.protocol.incoming import (
    PauseBody as PauseBody,
)
from queue_server.protocol.incoming import (
    SignInBody as SignInBody,
)
from queue_server.protocol.incoming import (
    TakeBody as TakeBody,
)
from queue_server.protocol.incoming import (
    Text as Text,
)
from queue_server.protocol.incoming import (
    TicketBody as TicketBody,
)
from queue_server.protocol.incoming import (
    TicketId as TicketId,
)
from queue_server.protocol.incoming import (
    TransferBody as TransferBody,
)
from queue_server.protocol.incoming import (
    VoidBody as VoidBody,
)
from queue_server.protocol.plain import (
    ClassCode as ClassCode,
)
from queue_server.protocol.plain import (
    HoldKind as HoldKind,
)
from queue_server.protocol.plain import (
    Incoming as Incoming,
)
from queue_server.protocol.plain import (
    Language as Language,
)
from queue_server.protocol.plain import (
    Millis as Millis,
)
from queue_server.protocol.plain import (
    Names as Names,
)
from queue_server.protocol.plain import (
    Outgoing as Outgoing,
)
from queue_server.protocol.plain import (
    Problem as Problem,
)
from queue_server.protocol.plain import (
    Role as Role,
)
from queue_server.protocol.plain import (
    SeatState as SeatState,
)
from queue_server.protocol.plain import (
    TicketState as TicketState,
)
from queue_server.protocol.plain import (
    WindowState as WindowState,
)
from queue_server.protocol.plain import (
    as_json as as_json,
)
from queue_server.protocol.tickets import (
    Clerk as Clerk,
)
from queue_server.protocol.tickets import (
    Held as Held,
)
from queue_server.protocol.tickets import (
    Missed as Missed,
)
from queue_server.protocol.tickets import (
    Note as Note,
)
from queue_server.protocol.tickets import (
    Seated as Seated,
)
from queue_server.protocol.tickets import (
    Status as Status,
)
from queue_server.protocol.tickets import (
    TicketList as TicketList,
)
from queue_server.protocol.tickets import (
    TicketReply as TicketReply,
)
from queue_server.protocol.tickets import (
    Undoable as Undoable,
)
from queue_server.protocol.tickets import (
    Waiting as Waiting,
)
from queue_server.protocol.tickets import (
    Why as Why,
)
from queue_server.protocol.tickets import (
    WindowReply as WindowReply,
)
from queue_server.protocol.tickets import (
    WindowView as WindowView,
)
