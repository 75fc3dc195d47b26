"""Run the live proof: the web server, and a thread that follows changes of the files."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from brochure.errors import UsageError
from brochure.fast_dataclass import dataclass
from brochure.project import state_of, wait_for_change, watch_files
from brochure.proof.events import Events
from brochure.proof.guard import Guard
from brochure.proof.messages import finding_data
from brochure.proof.server import ProofServer
from brochure.proof.session import ProofSession
from brochure.system.loopback import LOOPBACK, Listener, listen, make_token, port_of

SHUTDOWN_SECONDS = 2
"""Time that open requests have to end."""

NO_OUTPUT = Path()
"""The proof writes no files that it would have to ignore."""


@dataclass(frozen=True)
class ProofAddress:
    """Where the proof is served: a listening socket, and the token of its addresses."""

    listener: Listener
    token: str

    @property
    def port(self) -> int:
        """The port number."""
        return port_of(self.listener)

    @property
    def url(self) -> str:
        """The address to open in a browser."""
        return f"http://{LOOPBACK}:{self.port}/{self.token}/"


def open_address(port: int | None) -> ProofAddress:
    """Listen on the loopback address, on a free port if none is given; raise UsageError if the port cannot be used."""
    try:
        listener = listen(port)
    except OSError as failure:
        reason = failure.strerror or failure
        message = f"--port {port}: cannot be used: {reason}; choose another, or leave the option out for a free one"
        raise UsageError(message) from failure
    return ProofAddress(listener, make_token())


def serve(
    session: ProofSession, address: ProofAddress, ready: Callable[[], None], *, read_only: bool
) -> None:
    """Serve the proof until Ctrl-C or a signal; `ready` is called when it can be opened."""
    # Imported here: other modules of the proof need no server.
    import uvicorn

    events = Events()
    application = ProofServer(session, events, read_only=read_only).application(address.token)
    config = uvicorn.Config(
        Guard(application, address.token, address.port),
        log_level="critical",
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        ws="none",
    )
    server = uvicorn.Server(config)
    stopping = threading.Event()
    follower = threading.Thread(
        target=follow_changes, args=(session, events, stopping), name="proof-files", daemon=True
    )

    async def run() -> None:
        serving = asyncio.create_task(server.serve(sockets=[address.listener]))
        while not server.started and not serving.done():
            await asyncio.sleep(0.01)
        follower.start()
        ready()
        while not server.should_exit and not serving.done():
            await asyncio.sleep(0.05)
        events.close()
        await serving

    try:
        asyncio.run(run())
    finally:
        stopping.set()
        address.listener.close()


def follow_changes(session: ProofSession, events: Events, stopping: threading.Event) -> None:
    """Read the project again after each change of its files, and tell the browser windows."""
    project = session.project
    with closing(watch_files(project)) as watcher:
        while not stopping.is_set():
            before = state_of(project, NO_OUTPUT)
            faults = session.reload()
            kind = "broken" if faults else "changed"
            events.send(
                kind, version=session.generation, faults=[finding_data(one) for one in faults]
            )
            wait_for_change(watcher, project, NO_OUTPUT, before)
