"""Programs and people as the server meets them: over HTTP with a token or a session, each POST with a key."""

import uuid
from typing import Any

import requests

API = "/api/v1"
HALL = f"{API}/halls/main"
TIMEOUT_S = 30


def new_key() -> str:
    """A key that nobody has used."""
    return uuid.uuid4().hex


class Client(requests.Session):
    """One caller of one server: a program with its token, a person with a session, or nobody."""

    def __init__(self, base: str, token: str | None = None) -> None:
        super().__init__()
        self.base = base
        # Without this a .netrc or a proxy of the machine could change who is asking.
        self.trust_env = False
        if token is not None:
            self.headers["Authorization"] = f"Bearer {token}"

    def ask(self, path: str, **how: Any) -> requests.Response:
        """GET a path of the server."""
        return self.get(f"{self.base}{path}", timeout=TIMEOUT_S, **how)

    def tell(self, path: str, body: Any = None, key: str | None = None, **headers: str) -> requests.Response:
        """POST to a path of the server, under a new key unless one is given ("" sends none)."""
        said = {
            "Idempotency-Key": new_key() if key is None else key,
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }
        if key == "":
            del said["Idempotency-Key"]
        return self.post(f"{self.base}{path}", json={} if body is None else body, headers=said, timeout=TIMEOUT_S)

    def take(self, business: str = "A", *priority: str, key: str | None = None) -> dict[str, Any]:
        """Take a number."""
        reply = self.tell(f"{HALL}/tickets", {"business": business, "priority": list(priority)}, key)
        assert reply.status_code == 201, reply.text
        ticket: dict[str, Any] = reply.json()
        return ticket

    def act(self, window: int, name: str, key: str | None = None, **body: Any) -> requests.Response:
        """Act at a window."""
        return self.tell(f"{HALL}/windows/{window}/{name}", body, key)

    def done(self, window: int, name: str, **body: Any) -> dict[str, Any]:
        """Act at a window, which must answer 200."""
        reply = self.act(window, name, **body)
        assert reply.status_code == 200, reply.text
        answer: dict[str, Any] = reply.json()
        return answer

    def void(self, ticket: str, reason: str) -> dict[str, Any]:
        """Close a visitor's number without service."""
        reply = self.tell(f"{HALL}/tickets/{ticket}/void", {"reason": reason})
        assert reply.status_code == 200, reply.text
        answer: dict[str, Any] = reply.json()
        return answer

    def view(self, window: int) -> dict[str, Any]:
        """A window as its clerk sees it."""
        reply = self.ask(f"{HALL}/windows/{window}")
        assert reply.status_code == 200, reply.text
        view: dict[str, Any] = reply.json()
        return view

    def ticket(self, ticket: str) -> dict[str, Any]:
        """A ticket as it stands now."""
        return next(now for now in self.every() if now["id"] == ticket)

    def every(self, **query: Any) -> list[dict[str, Any]]:
        """All tickets, page by page."""
        found: list[dict[str, Any]] = []
        after: str | None = None
        while True:
            page = self.ask(f"{HALL}/tickets", params={"limit": 1000, "after": after, **query}).json()
            found += page["items"]
            after = page["next"]
            if after is None:
                return found

    def board(self) -> dict[str, Any]:
        """The hall's board."""
        board: dict[str, Any] = self.ask(f"{HALL}/board").json()
        return board

    def sign_in(self, name: str, password: str) -> requests.Response:
        """Sign in as one of the staff, from our own page."""
        self.headers["Origin"] = self.base
        reply = self.tell(f"{API}/session", {"name": name, "password": password})
        if reply.ok:
            self.headers["X-CSRF-Token"] = reply.json()["csrf"]
        return reply


def refused(reply: requests.Response, status: int, code: str) -> dict[str, Any]:
    """The problem document of a refusal, which must be this one."""
    assert (reply.status_code, reply.json().get("code")) == (status, code), reply.text
    assert reply.headers["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = reply.json()
    assert problem["status"] == status
    assert problem["type"] == f"urn:onedoor:problem:{code}"
    assert problem["title"]
    assert problem["detail"]
    return problem
