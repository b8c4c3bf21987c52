"""Who is signed in: sessions that expire, and a limit on failed attempts.

Owns tokens, their end, and counting failures. Leaves passwords to `accounts`, and cookies to `gate` and `login`. All of it
is in memory: a restart signs everybody out. A token is only kept as its hash.
"""

import hashlib
import hmac
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock

from ui.accounts import Account, Accounts, Role

WINDOW = 15 * 60.0  # seconds for which a failure counts
# Failures within the window, after which no further attempt is looked at. Five for one name from one address is what
# NIST SP 800-63B's limit of 100 leaves room for; one address may mistype for several people, as behind a proxy; a name
# that is tried from many addresses is shut for all, so that nobody can guess on from ever new addresses.
LIMITS = {"name and address": 5, "address": 20, "name": 50}
WATCHED = 10_000  # names and addresses whose failures are counted; the longest unused are forgotten first
SESSIONS = 10_000  # at once; the oldest end first
# One check takes 64 MB of memory (argon2's parameters) and some 50 ms, so two at a time.
_CHECKS = BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who sends a request. Without a name: somebody at this computer, where no accounts are set up."""

    name: str = ""
    role: Role = Role.READER

    @property
    def may_edit(self) -> bool:
        return self.role is Role.EDITOR

    @property
    def may_review(self) -> bool:
        return self.role is Role.EVALUATOR


@dataclass(frozen=True, slots=True)
class TooMany:
    """Not looked at: too many failed attempts. `seconds` from now the next is."""

    seconds: int


@dataclass(frozen=True, slots=True)
class _Session:
    name: str
    password_hash: str  # a session ends when the account's password is changed
    ends: float


class Sessions:
    """Safe to use from several threads. `clock` counts seconds and never goes back."""

    def __init__(self, accounts: Accounts, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.accounts, self.seconds, self._clock = accounts, seconds, clock
        self._lock = Lock()
        self._secret = secrets.token_bytes(32)
        self._sessions: dict[str, _Session] = {}  # by the hash of the token, oldest first
        self._failures: dict[tuple[str, ...], deque[float]] = {}
        self.failed = 0  # attempts since the start, for the metrics

    def sign_in(self, name: str, password: str, address: str) -> str | TooMany | None:
        """The token of a new session; None when name or password is wrong."""
        account = self._checked(name, password, address)
        if not isinstance(account, Account):
            return account
        token = secrets.token_urlsafe(32)
        self._keep(self._hash(token), account)
        return token

    def visitor(self, token: str) -> Visitor | None:
        """Whose session the token is; None when there is none, or it has ended."""
        return self._visitor(self._hash(token))

    def visitor_with(self, name: str, password: str, address: str) -> Visitor | TooMany | None:
        """For programs, which send name and password each time: checked once, then remembered as long as a session."""
        key = self._hash(f"{name}\0{password}")
        known = self._visitor(key)
        if known is not None:
            return known
        account = self._checked(name, password, address)
        if not isinstance(account, Account):
            return account
        self._keep(key, account)
        return Visitor(account.name, account.role)

    def sign_out(self, token: str) -> None:
        with self._lock:
            self._sessions.pop(self._hash(token), None)

    def _hash(self, text: str) -> str:
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()

    def _keep(self, key: str, account: Account) -> None:
        with self._lock:
            now = self._clock()
            live = ((each, session) for each, session in self._sessions.items() if session.ends > now)
            self._sessions = dict(list(live)[-SESSIONS + 1 :])
            self._sessions[key] = _Session(account.name, account.password_hash, now + self.seconds)

    def _visitor(self, key: str) -> Visitor | None:
        with self._lock:
            session = self._sessions.get(key)
            if session is None or session.ends <= self._clock():
                self._sessions.pop(key, None)
                return None
        account = self.accounts.named(session.name)
        if account is None or account.password_hash != session.password_hash:
            return None
        return Visitor(account.name, account.role)

    def _checked(self, name: str, password: str, address: str) -> Account | TooMany | None:
        keys = {
            "name and address": ("both", name, address),
            "address": ("address", address),
            "name": ("name", name),
        }
        with self._lock:
            wait = max(self._wait(keys[limit], most) for limit, most in LIMITS.items())
            if wait > 0:
                return TooMany(int(wait) + 1)
            # Counted before it is checked, so that attempts made at the same moment do not slip through together.
            for key in keys.values():
                self._note(key)
        with _CHECKS:
            account = self.accounts.check(name, password)
        with self._lock:
            if account is None:
                self.failed += 1
                return None
            for key in keys.values():
                failures = self._failures.get(key)
                if failures:
                    failures.pop()
            self._failures.pop(keys["name and address"], None)
        return account

    def _wait(self, key: tuple[str, ...], most: int) -> float:
        """Seconds until fewer than `most` failures lie within the window."""
        failures = self._failures.get(key, deque())
        while failures and failures[0] <= self._clock() - WINDOW:
            failures.popleft()
        return failures[-most] + WINDOW - self._clock() if len(failures) >= most else 0.0

    def _note(self, key: tuple[str, ...]) -> None:
        failures = self._failures.pop(key, deque())
        failures.append(self._clock())
        self._failures[key] = failures  # at the end, as the latest used
        while len(self._failures) > WATCHED:
            self._failures.pop(next(iter(self._failures)))
