"""`go-asm-lsp check`: findings of many files, on all cores, in the order of the files."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import active_children, get_context

from go_asm_lsp.checks import CODES
from go_asm_lsp.checks.diagnostic import Diagnostic
from go_asm_lsp.cli.arguments import BuildOptions, CommandError
from go_asm_lsp.cli.build import absolute, environment_of, open_workspace
from go_asm_lsp.cli.paths import Folder, Problem, find_files
from go_asm_lsp.cli.report import (
    RelatedPlace,
    Report,
    github_line,
    json_line,
    region,
    report,
    sarif_document,
    text_line,
)
from go_asm_lsp.golang.environment import GoEnvironment
from go_asm_lsp.text import Encoding, LineIndex
from go_asm_lsp.workspace import Workspace

# Columns in each format's unit: SARIF counts UTF-16, GitHub characters.
_ENCODINGS: dict[str, Encoding] = {
    "text": "utf-8",
    "json": "utf-8",
    "sarif": "utf-16",
    "github": "utf-32",
}
_LINES: dict[str, Callable[[Report], str]] = {
    "text": text_line,
    "json": json_line,
    "github": github_line,
}
# Starting processes costs as much as checking some thirty files.
_FEWEST_FOR_POOL = 32
_FILES_PER_TASK = 12


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What `check` was asked for."""

    build: BuildOptions
    output: str = "text"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    jobs: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """Some files of one folder, for one process to check."""

    directory: str
    shown: str
    names: tuple[str, ...]
    environment: GoEnvironment


@dataclass(frozen=True, slots=True)
class Outcome:
    """The findings of one task, and what went wrong with the task itself."""

    reports: tuple[Report, ...]
    count: int
    problems: tuple[str, ...] = ()


def check(paths: Iterable[str], options: CheckOptions) -> int:
    """Prints findings; answers the exit status."""
    for prefix in (*options.select, *options.ignore):
        if not any(_matches(code, prefix) for code in CODES):
            raise CommandError(f"no finding has a code that starts with {prefix!r}")
    environment_of(options.build, absolute("."))  # fails before anything is printed
    folders: list[Folder] = []
    has_problem = False
    for found in find_files(list(paths)):
        if isinstance(found, Problem):
            has_problem = True
            _complain(f"{found.path}: {found.reason}")
        else:
            folders.append(found)
    total = sum(len(folder.names) for folder in folders)
    progress = Progress(total)
    printed = 0
    outcomes = _outcomes(folders, options, total)

    def reports() -> Iterator[Report]:
        nonlocal has_problem, printed
        for outcome in outcomes:
            for problem in outcome.problems:
                has_problem = True
                progress.clear()
                _complain(problem)
            if outcome.reports:
                progress.clear()
            printed += len(outcome.reports)
            yield from outcome.reports
            progress.advance(outcome.count)

    if options.output == "sarif":
        lines: Iterable[str] = sarif_document(reports())
    else:
        lines = map(_LINES[options.output], reports())
    for line in lines:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    progress.clear()
    return 2 if has_problem else 1 if printed else 0


def _complain(text: str) -> None:
    sys.stderr.write(f"go-asm-lsp: {text}\n")


def _outcomes(folders: list[Folder], options: CheckOptions, total: int) -> Iterator[Outcome]:
    jobs = min(options.jobs or _cores(), total)
    tasks = list(_tasks(folders, options))
    if jobs < 2 or (not options.jobs and total < _FEWEST_FOR_POOL):
        workspaces = Workspaces(options.build)
        return (_check_folder(workspaces, task, options) for task in tasks)
    return _in_pool(tasks, options, jobs)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _tasks(folders: list[Folder], options: CheckOptions) -> Iterator[Task]:
    """Splits big folders, so that the last one does not keep one core alone busy."""
    environments: dict[str, GoEnvironment] = {}
    for folder in folders:
        # Where Go is may depend on the folder: one in another distribution belongs to that.
        if folder.top not in environments:
            environments[folder.top] = environment_of(options.build, folder.top)
        for start in range(0, len(folder.names), _FILES_PER_TASK):
            names = folder.names[start : start + _FILES_PER_TASK]
            yield Task(folder.directory, folder.shown, names, environments[folder.top])


class Workspaces:
    """One workspace for each environment, opened when the first task needs it."""

    def __init__(self, build: BuildOptions) -> None:
        # Models hold hardly any cycles, and looking for them often costs a quarter of the time.
        gc.set_threshold(50_000, 20, 20)
        self._build = build
        self._open: dict[GoEnvironment, Workspace] = {}

    def of(self, environment: GoEnvironment) -> Workspace:
        if environment not in self._open:
            self._open[environment] = open_workspace(self._build, environment)
        return self._open[environment]


# What a worker process keeps between its tasks.
_worker: tuple[Workspaces, CheckOptions] | None = None


def _start_worker(options: CheckOptions) -> None:
    global _worker
    # An interrupt ends a worker at once; the process that prints says what is to be said.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _worker = Workspaces(options.build), options


def _work(task: Task) -> Outcome:
    assert _worker is not None
    workspaces, options = _worker
    return _check_folder(workspaces, task, options)


def _in_pool(tasks: list[Task], options: CheckOptions, jobs: int) -> Iterator[Outcome]:
    # A forked worker has everything imported already.
    context = get_context("fork" if sys.platform == "linux" else None)
    pool = ProcessPoolExecutor(jobs, context, _start_worker, (options,))
    try:
        futures = [pool.submit(_work, task) for task in tasks]
        for task, future in zip(tasks, futures, strict=True):
            yield _result(task, future)
    except BaseException:
        # Nobody waits for the rest: without this the interpreter would, when it exits.
        for worker in active_children():
            worker.terminate()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def _result(task: Task, future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except BrokenProcessPool:
        shown = task.shown or task.directory
        return Outcome((), len(task.names), (f"{shown}: the process that checked it ended",))


def _check_folder(workspaces: Workspaces, task: Task, options: CheckOptions) -> Outcome:
    workspace = workspaces.of(task.environment)
    reports: list[Report] = []
    problems: list[str] = []
    for name in task.names:
        path = f"{task.directory}/{name}"
        shown = f"{task.shown.rstrip('/')}/{name}" if task.shown else name
        try:
            found = workspace.diagnostics(path)
        except Exception as error:  # noqa: BLE001 - a defect must not hide other files' findings
            problems.append(f"{shown}: internal error: {type(error).__name__}: {error}")
            continue
        if not found and workspace.is_too_large(path):
            problems.append(f"{shown}: too large to be analysed")
        chosen = [d for d in found if _is_wanted(d, options)]
        if chosen:
            lines = LineIndex(workspace.source(path) or b"", _ENCODINGS[options.output])
            for diagnostic in chosen:
                related = _related(workspace, diagnostic, task, options)
                reports.append(report(shown, lines, diagnostic, related))
    return Outcome(tuple(reports), len(task.names), tuple(problems))


def _related(
    workspace: Workspace, diagnostic: Diagnostic, task: Task, options: CheckOptions
) -> tuple[RelatedPlace, ...]:
    if options.output != "sarif":
        return ()
    places = []
    for related in diagnostic.related:
        lines = LineIndex(workspace.source(related.path) or b"", "utf-16")
        directory, _, name = related.path.rpartition("/")
        is_near = directory == task.directory and not os.path.isabs(task.shown)
        shown = f"{task.shown}/{name}".lstrip("/") if is_near else related.path
        places.append(RelatedPlace(shown, region(lines, related.span), related.message))
    return tuple(places)


def _is_wanted(diagnostic: Diagnostic, options: CheckOptions) -> bool:
    code = diagnostic.code
    if options.select and not any(_matches(code, prefix) for prefix in options.select):
        return False
    return not any(_matches(code, prefix) for prefix in options.ignore)


def _matches(code: str, prefix: str) -> bool:
    return code.startswith(prefix)


class Progress:
    """A line on a terminal's stderr that says how far a long run is."""

    _STEP = 20  # files between two lines

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._shown = 0
        self._is_visible = False
        self._is_wanted = total >= _FEWEST_FOR_POOL and sys.stderr.isatty()

    def advance(self, count: int) -> None:
        self._done += count
        if self._is_wanted and self._done - self._shown >= self._STEP:
            self._shown = self._done
            self._is_visible = True
            sys.stderr.write(f"\rchecked {self._done} of {self._total} files")
            sys.stderr.flush()

    def clear(self) -> None:
        """Takes the line away, before something else is written to the terminal."""
        if self._is_visible:
            self._is_visible = False
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
