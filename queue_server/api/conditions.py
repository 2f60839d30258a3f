"""How the hall stands now, and what a manager does with the whole of it."""

from flask import Blueprint, Response

from queue_server.api import acting, replies
from queue_server.api.operation import Asked, operation
from queue_server.core.words import names
from queue_server.protocol import ConditionsReply, Empty, Moved, MoveWaitingBody, SuspendBody
from queue_server.roles import MANAGERS, READERS
from queue_server.storage import conditions as stored
from queue_server.use_cases import conditions

routes = Blueprint("conditions", __name__, url_prefix="/api/v1")

_BUSINESS = "/halls/<hall>/businesses/<business>"


@operation(routes, "GET", "/halls/<hall>/conditions", roles=READERS, replies={200: ConditionsReply})
def conditions_now(asked: Asked) -> Response:
    """Read how the hall stands now: suspended business types, early close, evacuation, alarms."""
    return replies.json_reply(stored.facts(asked.server.reads(stored.load, asked.in_hall.id)))


@operation(routes, "POST", f"{_BUSINESS}/suspend", roles=MANAGERS, body=SuspendBody, replies={200: ConditionsReply})
def suspend(asked: Asked) -> Response:
    """Suspend a business type: no numbers, and a notice for everybody."""
    said, business = asked.body.notice, asked.path["business"]
    notice = names(said.zh_hans, said.zh_hant, said.en)
    return acting.answer(asked, lambda ledger, stamp: conditions.suspend(ledger, stamp, business, notice))


@operation(routes, "POST", f"{_BUSINESS}/resume", roles=MANAGERS, body=Empty, replies={200: ConditionsReply})
def resume(asked: Asked) -> Response:
    """Serve a suspended business type again."""
    return acting.answer(asked, lambda ledger, stamp: conditions.resume(ledger, stamp, asked.path["business"]))


@operation(routes, "POST", f"{_BUSINESS}/move-waiting", roles=MANAGERS, body=MoveWaitingBody, replies={200: Moved})
def move_waiting(asked: Asked) -> Response:
    """Move everybody who waits for a business type to another one, each at the same place."""
    business, to = asked.path["business"], asked.body.to
    return acting.answer(asked, lambda ledger, stamp: conditions.move_all(ledger, stamp, business, to))


@operation(routes, "POST", "/halls/<hall>/close-early", roles=MANAGERS, body=Empty, replies={200: ConditionsReply})
def close_early(asked: Asked) -> Response:
    """Give no more numbers today; who waits is still served."""
    return acting.answer(asked, conditions.close_early)


@operation(routes, "POST", "/halls/<hall>/evacuate", roles=MANAGERS, body=Empty, replies={200: ConditionsReply})
def evacuate(asked: Asked) -> Response:
    """Evacuate the hall: no numbers, no calls; everybody keeps number and place, and no time runs out."""
    return acting.answer(asked, conditions.evacuate)


@operation(routes, "POST", "/halls/<hall>/back-to-normal", roles=MANAGERS, body=Empty, replies={200: ConditionsReply})
def back_to_normal(asked: Asked) -> Response:
    """End an early close or an evacuation."""
    return acting.answer(asked, conditions.back_to_normal)
