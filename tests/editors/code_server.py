"""Runs VS Code as code-server: one instance with its own settings, extensions and environment."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SETTINGS = {
    "workbench.startupEditor": "none",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.tips.enabled": False,
    "chat.disableAIFeatures": True,
    "telemetry.telemetryLevel": "off",
    "extensions.autoCheckUpdates": False,
    "extensions.autoUpdate": False,
    "extensions.ignoreRecommendations": True,
    "update.mode": "none",
    "git.enabled": False,
    "editor.semanticHighlighting.enabled": True,
    "editor.hover.delay": 100,
    "files.autoSave": "off",
    "files.simpleDialog.enable": True,
    "security.workspace.trust.enabled": False,
}


@dataclass(frozen=True, slots=True)
class CodeServer:
    """A running instance: where it listens, and its process."""

    address: str
    process: int


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def running(
    program: Path,
    scratch: Path,
    extensions: Sequence[Path],
    *,
    path: str,
    settings: dict[str, object] | None = None,
) -> Iterator[CodeServer]:
    """Starts an instance with these extensions and settings, and ends it afterwards."""
    port = free_port()
    user = scratch / "data" / "User"
    user.mkdir(parents=True)
    (user / "settings.json").write_text(json.dumps({**SETTINGS, **(settings or {})}))
    (scratch / "config.yaml").write_text(f"bind-addr: 127.0.0.1:{port}\nauth: none\n")
    folders = {f"XDG_{kind}_HOME": str(scratch / "xdg") for kind in ("CONFIG", "DATA", "CACHE")}
    # The extension host takes its environment from a login shell, as a user's would.
    (scratch / ".profile").write_text(f'export PATH="{path}"\n')
    home = {"HOME": str(scratch), "SHELL": "/bin/bash", "PATH": path}
    environment = {**os.environ, **folders, **home}
    common = [str(program), "--config", str(scratch / "config.yaml")]
    common += ["--user-data-dir", str(scratch / "data"), "--extensions-dir", str(scratch / "ext")]
    for extension in extensions:
        command = [*common, "--install-extension", str(extension), "--force"]
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)
    is_trusting = not (settings or {}).get("security.workspace.trust.enabled", False)
    flags = ["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"]
    # Otherwise an extension host outlives its browser window by hours.
    flags += ["--reconnection-grace-time", "1"]
    flags += ["--disable-workspace-trust"] if is_trusting else []
    with (scratch / "server.log").open("wb") as log:
        process = subprocess.Popen([*common, *flags], env=environment, stdout=log, stderr=log)
    try:
        wait_until_healthy(port, process)
        yield CodeServer(f"127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_healthy(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while not is_healthy(port):
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"code-server does not answer; exit status {process.poll()}")
        time.sleep(0.1)


def is_healthy(port: int) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/healthz", timeout=5):
            return True
    except OSError:
        return False
