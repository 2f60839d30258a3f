"""The planner's page and its runs over HTTP; the work itself is done by a process of its own (`plans`)."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from queue_server.core.words import LANGUAGES
from queue_server.webfiles import page
from simulation import plan_problems
from simulation.history.kinds import Wanted, kind_of
from simulation.history.recorded import NotReadable
from simulation.plan_folder import PlanFolder
from simulation.plan_wish import BadWishError, text, wish
from simulation.plans import MOST_AT_ONCE, Once, OtherRequestError, Plans, TooManyError

LARGEST_MB = 20
# The form's other fields and the boundaries around the file.
_FORM_BYTES = 64 * 1024
SAMPLE = Path(__file__).parent / "samples" / "warsaw_mokotow_2_2020.csv"
NEEDED = ("numpy", "scipy", "simpy")

Fields = Mapping[str, object]


class _Refused(Exception):
    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def planner_routes(
    signed_in_manager: Callable[[], str],
    journal_lines: Callable[[str], Iterable[str]],
    folder: Path | None = None,
) -> Blueprint:
    """The blueprint; `signed_in_manager` gives the id of the manager who asks (empty: nobody), or refuses by itself.

    `journal_lines` gives a hall's journal line by line; `folder` is where runs are kept (None: the system's temporary
    folder).
    """
    routes = Blueprint("planner", __name__)
    plans = Plans(folder or Path(tempfile.gettempdir()) / "onedoor-plans")

    @routes.get("/planner")
    def planner_page() -> Response:
        return page("simulation/web/index.html", {})

    @routes.post("/api/planner/runs")
    def start_run() -> Response:
        manager = _managers_only(signed_in_manager)
        if any(find_spec(name) is None for name in NEEDED):
            raise _Refused("planner-missing")
        fields = _fields()
        plan_id = _start(plans, fields, journal_lines, manager)
        return _json({"id": plan_id, **_told(_found(plans, plan_id))}, 201)

    @routes.get("/api/planner/runs/<plan_id>")
    def read_run(plan_id: str) -> Response:
        _managers_only(signed_in_manager)
        return _json({"id": plan_id, **_told(_found(plans, plan_id))})

    @routes.post("/api/planner/runs/<plan_id>/cancel")
    def cancel_run(plan_id: str) -> Response:
        _managers_only(signed_in_manager)
        plan = _found(plans, plan_id)
        if not plan.state().final:
            plan.ask_cancel()
        return _json({"id": plan_id, **_told(plan)})

    @routes.errorhandler(_Refused)
    def refused(refusal: _Refused) -> Response:
        problem = plan_problems.document(refusal.code, refusal.facts, _language())
        return _json(problem, plan_problems.status(refusal.code), "application/problem+json")

    return routes


def _managers_only(signed_in_manager: Callable[[], str]) -> str:
    manager = signed_in_manager()
    if not manager:
        raise _Refused("token-missing")
    return manager


def _fields() -> Fields:
    """What was asked, from a form with a file or from JSON; the body is read only here, after the right to ask."""
    # The server's own limit is meant for small messages; a history is larger.
    largest = LARGEST_MB * 1024 * 1024 + _FORM_BYTES
    request.max_content_length = largest
    # Said beforehand, it need not even be received.
    if (request.content_length or 0) > largest:
        raise _Refused("too-large", megabytes=LARGEST_MB)
    try:
        if request.mimetype == "multipart/form-data":
            return dict(request.form.items())
        said = request.get_json(force=True)
    except RequestEntityTooLarge:
        raise _Refused("too-large", megabytes=LARGEST_MB) from None
    except (BadRequest, RecursionError) as malformed:
        raise _Refused("malformed-json") from malformed
    if not isinstance(said, dict):
        raise _Refused("malformed-json")
    return said


def _once(fields: Fields, manager: str) -> Once:
    total = hashlib.sha256(json.dumps(dict(fields), sort_keys=True).encode())
    upload = request.files.get("file")
    if upload is not None:
        while chunk := upload.stream.read(_FORM_BYTES):
            total.update(chunk)
        upload.stream.seek(0)
    return Once(manager, request.headers.get("Idempotency-Key", ""), total.hexdigest())


def _start(plans: Plans, fields: Fields, journal_lines: Callable[[str], Iterable[str]], manager: str) -> str:
    try:
        wanted = Wanted(text(fields, "office"), text(fields, "queue"), text(fields, "time_zone"))
        return plans.start(_filler(fields, journal_lines), wanted, wish(fields), _once(fields, manager))
    except BadWishError as bad:
        raise _Refused("bad-wish", field=bad.field) from bad
    except NotReadable as unreadable:
        raise _Refused(unreadable.code, **unreadable.facts) from unreadable
    except OtherRequestError:
        raise _Refused("key-reused") from None
    except TooManyError:
        raise _Refused("planner-busy", most=MOST_AT_ONCE) from None


def _filler(fields: Fields, journal_lines: Callable[[str], Iterable[str]]) -> Callable[[Path], None]:
    match fields.get("source", "file"):
        case "sample":
            return lambda path: _copy(SAMPLE, path)
        case "journal":
            hall = text(fields, "hall") or "main"
            return lambda path: _write_lines(journal_lines(hall), path)
        case "file":
            return _save_upload
        case _:
            raise BadWishError("source")


def _copy(source: Path, path: Path) -> None:
    shutil.copyfile(source, path)


def _write_lines(lines: Iterable[str], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
    if path.stat().st_size == 0:
        raise NotReadable("no-visits")


def _save_upload(path: Path) -> None:
    upload = request.files.get("file")
    if upload is None:
        raise NotReadable("file-missing")
    upload.save(path)
    # The first line tells at once whether this can be read at all; the rest is read by the run.
    kind_of(path)


def _found(plans: Plans, plan_id: str) -> PlanFolder:
    plan = plans.find(plan_id)
    if plan is None:
        raise _Refused("unknown-run")
    return plan


def _told(plan: PlanFolder) -> dict[str, Any]:
    state = plan.state()
    said: dict[str, Any] = {"step": state.step, "done": state.done, "total": state.total}
    if state.code is not None:
        said["problem"] = plan_problems.document(state.code, state.facts or {}, _language())
    if state.step == "done":
        said["result"] = json.loads(plan.result.read_text(encoding="utf-8"))
    return said


def _language() -> str:
    asked = request.accept_languages.best_match([*LANGUAGES, "zh-TW", "zh-HK", "zh-CN", "zh"]) or LANGUAGES[0]
    return "zh-Hant" if asked in {"zh-TW", "zh-HK"} else asked


def _json(said: Mapping[str, Any], status: int = 200, kind: str = "application/json") -> Response:
    reply = Response(json.dumps(said, ensure_ascii=False), status, content_type=kind)
    reply.headers["Cache-Control"] = "no-store"
    return reply
