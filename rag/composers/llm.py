"""How is an OpenAI-compatible server asked? Streamed, within time limits, again where that may help: over httpx, only here."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress

import httpx

from rag.composers.breaker import Breaker
from rag.composers.calls import LlmError, Message, Patience, Why
from rag.composers.sse import Garbled, Piece, pieces, without_thoughts
from rag.settings import Settings

__all__ = ["Llm", "address"]

_ATTEMPTS = 3
_BACKOFF_S = 0.5  # before the second attempt, twice as long before the third
_PASSING = frozenset({408, 429, 500, 502, 503, 504, 529})
_UNREADABLE = frozenset({400, 422})
_OPTIONAL = ("temperature", "max_tokens")  # some models refuse to be told
_ANSWER_TOKENS = 2000  # thoughts included
_MOST_BYTES = 4_000_000  # of one response


class Llm:
    """One model of one server; safe to ask from several threads."""

    def __init__(
        self,
        base_url: str,
        model: str = "",
        api_key: str = "",
        patience: Patience | None = None,
        *,
        breaker: Breaker | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base, login = address(base_url)
        self.model, self.patience = model, patience or Patience()
        self._breaker, self._clock, self._sleep = breaker or Breaker(clock=clock), clock, sleep
        key = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._client = httpx.Client(
            headers={**key, "Accept-Encoding": "identity"},
            auth=login,
            timeout=httpx.Timeout(self.patience.first, connect=self.patience.connect),
            # one kept for the next question has often gone by then
            limits=httpx.Limits(max_keepalive_connections=0),
            # a proxy on the way out does not know the servers of this machine
            trust_env=not _is_near(httpx.URL(self.base).host),
        )

    @classmethod
    def of(cls, settings: Settings) -> Llm:
        patience = Patience(settings.llm_timeout_s) if settings.llm_timeout_s else None
        return cls(settings.llm_base_url, settings.llm_model, settings.llm_api_key, patience)

    def stream(self, messages: Sequence[Message], within_s: float | None = None) -> Generator[Piece]:
        """The answer piece by piece, one of them with the reason of its end; LlmError where that does not come in time.

        Closing the iterator ends the call on the server, too.
        """
        until = self._clock() + min(within_s or self.patience.whole, self.patience.whole)
        with self._breaker.turn(LlmError) as allowed:
            if not allowed:
                raise LlmError(Why.RESTING)
            ended = False
            with closing(self._attempts(messages, until)) as attempts:
                for piece in without_thoughts(attempts):
                    ended = ended or bool(piece.end)
                    yield piece
            if not ended:
                raise LlmError(Why.BROKEN)

    def models(self) -> tuple[str, ...]:
        """The names of the server's models; LlmError where it does not tell."""
        try:
            response = self._client.get(f"{self.base}/models", timeout=min(5.0, self.patience.whole))
            listed = response.json() if response.status_code == httpx.codes.OK else None
        except httpx.TimeoutException as error:
            raise LlmError(Why.SLOW) from error
        except httpx.HTTPError as error:
            raise LlmError(Why.UNREACHABLE) from error
        except ValueError as error:
            raise LlmError(Why.GARBLED, "sends broken JSON") from error
        if response.status_code != httpx.codes.OK:
            raise LlmError(Why.STATUS, str(response.status_code), status=response.status_code)
        found = listed.get("data") if isinstance(listed, dict) else None
        return tuple(str(one["id"]) for one in found or () if isinstance(one, dict) and "id" in one)

    def _attempts(self, messages: Sequence[Message], until: float) -> Generator[Piece]:
        body: dict[str, object] = {
            **({"model": self.model} if self.model else {}),
            "messages": [{"role": message.role, "content": message.content} for message in messages],
            "stream": True,
            "temperature": 0,
            "max_tokens": _ANSWER_TOKENS,
        }
        waited = 0.0
        for attempt in range(1, _ATTEMPTS + 1):
            begun = False
            try:
                for piece in self._attempt(body, until):
                    begun = begun or bool(piece.text)
                    yield piece
                return
            except LlmError as error:
                wait = _BACKOFF_S * 2 ** (attempt - 1) if error.wait_s is None else error.wait_s
                if begun or attempt == _ATTEMPTS or self._clock() + wait >= until:
                    raise
                if error.status in _UNREADABLE and _OPTIONAL[0] in body:
                    body = {name: value for name, value in body.items() if name not in _OPTIONAL}
                    continue
                waited += wait
                if not _may_pass(error) or waited > self.patience.waits:
                    raise
                self._sleep(wait)

    def _attempt(self, body: dict[str, object], until: float) -> Generator[Piece]:
        call = _Call(self._client, f"{self.base}/chat/completions", body, self._clock)
        with closing(call):
            call.until = min(until, self._clock() + self.patience.first)
            kind = call.begun()
            try:
                for piece in pieces(call.chunks(), kind):
                    # comments that keep a connection alive are no pieces and buy no time
                    call.until = min(until, self._clock() + self.patience.between)
                    yield piece
            except Garbled as error:
                raise LlmError(Why.GARBLED, str(error)) from error


class _Call:
    """One response, read in a thread of its own, so that no silence of a server outlasts `until`."""

    def __init__(self, client: httpx.Client, url: str, body: dict[str, object], clock: Callable[[], float]) -> None:
        self.until = 0.0  # of the clock: when waiting for the next bytes ends
        self._clock = clock
        self._come: queue.SimpleQueue[httpx.Response | bytes | LlmError | None] = queue.SimpleQueue()
        self._left = threading.Event()
        self._response: httpx.Response | None = None
        threading.Thread(target=self._read, args=(client, url, body), daemon=True, name="llm").start()

    def begun(self) -> str:
        """The content type of an answer; LlmError where the server gives none."""
        come = self._next()
        if not isinstance(come, httpx.Response):
            raise LlmError(Why.BROKEN)
        self._response = come
        if come.status_code != httpx.codes.OK:
            wait = come.headers.get("retry-after", "")
            # a date is further away than anybody would wait for an answer
            seconds = (float(wait) if wait.isdecimal() else float("inf")) if wait else None
            raise LlmError(Why.STATUS, str(come.status_code), status=come.status_code, wait_s=seconds)
        return str(come.headers.get("content-type", ""))

    def chunks(self) -> Iterator[bytes]:
        while isinstance(come := self._next(), bytes):
            yield come

    def close(self) -> None:
        """Nobody waits any longer: the connection goes, whatever the server is about."""
        self._left.set()
        stream = self._response.extensions.get("network_stream") if self._response else None
        connection = stream.get_extra_info("socket") if stream else None
        if connection:
            with suppress(OSError):  # it went by itself
                connection.shutdown(socket.SHUT_RDWR)

    def _next(self) -> httpx.Response | bytes | None:
        try:
            come = self._come.get(timeout=max(0.0, self.until - self._clock()))
        except queue.Empty:
            raise LlmError(Why.SLOW) from None
        if isinstance(come, LlmError):
            raise come
        return come

    def _read(self, client: httpx.Client, url: str, body: dict[str, object]) -> None:
        size = 0
        try:
            with client.stream("POST", url, json=body) as response:
                self._come.put(response)
                for chunk in response.iter_bytes() if response.status_code == httpx.codes.OK else ():
                    size += len(chunk)
                    if self._left.is_set() or size > _MOST_BYTES:
                        break
                    self._come.put(chunk)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            self._come.put(LlmError(Why.UNREACHABLE))
        except httpx.HTTPError as error:
            self._come.put(LlmError(Why.SLOW if isinstance(error, httpx.TimeoutException) else Why.BROKEN))
        else:
            self._come.put(LlmError(Why.GARBLED, "sends an answer without an end") if size > _MOST_BYTES else None)


def address(base_url: str) -> tuple[str, tuple[str, str] | None]:
    """Where its routes begin, as people write it, with or without /v1 or the whole route, and the login that stood in it."""
    url = httpx.URL(base_url)
    login = (url.username, url.password) if url.userinfo else None
    path = url.path.rstrip("/").removesuffix("/chat/completions")
    return str(url.copy_with(userinfo=b"", path=path or "/v1", query=None, fragment=None)), login


def _may_pass(error: LlmError) -> bool:
    """Whether the same call may do better: the server is busy or stumbled, and is there."""
    return error.status in _PASSING or error.why is Why.BROKEN


def _is_near(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost" or "." not in host
