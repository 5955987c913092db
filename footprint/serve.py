"""The command that answers over HTTP."""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import signal
import socket
from typing import Annotated

import typer

from footprint import exits


def serve(
    host: Annotated[str, typer.Option(help="Address to listen at; only this machine unless given.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen at; 0 for any that is free.", min=0, max=65535)] = 1540,
) -> None:
    """Answer questions over HTTP until Ctrl-C.

    The graph is opened when it is first asked. What the settings are, the README tells (FOOTPRINT_API_…).
    """
    import uvicorn  # noqa: PLC0415  (slow to import; only this command wants it)

    from api import create_app  # noqa: PLC0415
    from api.settings import ApiSettings  # noqa: PLC0415

    settings = ApiSettings()
    listening = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    if _wildcard(host):
        shown = "127.0.0.1"
    elif _address(host):
        # Who calls it by the very address that it was told to listen at means it.
        settings = settings.model_copy(update={"api_hosts": (*settings.api_hosts, shown)})
    app = create_app(settings)
    address = f"http://{shown}:{listening.getsockname()[1]}"
    typer.echo(f"Light Footprint answers at {address}\nThe API is described at {address}/docs\nCtrl-C ends it.")
    if not _loopback(host):
        typer.echo(
            f"Note: {host} can be reached from other machines, and nobody is asked who they are. Only what is public "
            "can be read; by which names it may be called, FOOTPRINT_API_HOSTS says.",
            err=True,
        )
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
    # What the driver warns of (a lost connection, another try) ends in our own errors.
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)
    server = uvicorn.Server(
        uvicorn.Config(
            app, log_level=settings.api_log, server_header=False, proxy_headers=False, timeout_graceful_shutdown=3
        )
    )
    # A container is ended so; it is as good an end as Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # uvicorn ends in good order and raises the interrupt anew, which may strike where Python drops it.
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    typer.echo("Ended.")


def _listen(host: str, port: int) -> socket.socket:
    """The socket; one sentence and exit code 1 where it cannot be had."""
    try:
        family, *_, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(where[:2], family=family, backlog=2048)
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (")[0]
        typer.echo(f"Cannot listen at {host}, port {port}: {reason}. Choose another with --port or --host.", err=True)
        raise typer.Exit(exits.ERROR) from None


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _wildcard(host: str) -> bool:
    address = _address(host)
    return address is not None and address.is_unspecified


def _loopback(host: str) -> bool:
    address = _address(host)
    return host == "localhost" if address is None else address.is_loopback
