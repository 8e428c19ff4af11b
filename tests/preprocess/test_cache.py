from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from go_asm_lsp.preprocess.cache import BlockCache
from go_asm_lsp.preprocess.model import Preprocessed
from go_asm_lsp.text import Span
from tests.goroot import SOURCE_ROOT
from tests.preprocess.fixture import PATH, run
from tests.preprocess.test_source_map import assert_true

HEADERS = {"flags.h": "#define NOSPLIT 4\n#define TWICE(x) x, x\n"}

SOURCE = """\
#include "flags.h"
#define SIZE 8
#define MOVE(from) MOVQ from, AX
// first
TEXT ·f(SB), NOSPLIT, $SIZE
    MOVE(x+0(FP))
#ifdef DEBUG
    NOP
#endif
    RET
/*
TEXT ·commented(SB), NOSPLIT, $0
*/
#undef SIZE
#define SIZE 16
#define WHOLE(name) \\
TEXT name(SB), NOSPLIT, $SIZE; \\
    RET
WHOLE(·w)
TEXT ·g(SB), NOSPLIT, $SIZE
    MOVE($SIZE)
    RET
TEXT ·h(SB), 4, $0
    RET
"""


def answers(result: Preprocessed) -> tuple[object, ...]:
    """All that consumers can see."""
    blocks = []
    for block in result.blocks:
        starts = block.source_map.pieces.starts
        blocks.append(
            (block.text, [block.source_map.origin(Span(start, start + 1)) for start in starts])
        )
    return (
        blocks,
        result.definitions,
        result.uses,
        result.includes,
        result.inactive,
        result.problems,
    )


def edits(source: str, seed: int) -> Iterator[str]:
    """Yields versions of a text, each an edit away from the one before."""
    chooser = random.Random(seed)
    words = ["\n", " ", "x", "\\", "/*", "*/", '"', "#define SIZE 9\n", "#undef SIZE\n", "SIZE",
             "#ifdef DEBUG\n", "#endif\n", "TEXT ·n(SB), 4, $0\n", "MOVE(", ")", "//"]  # fmt: skip
    for _ in range(40):
        start = chooser.randrange(len(source) + 1)
        end = min(len(source), start + chooser.choice((0, 0, 0, 1, 2, 30)))
        source = source[:start] + chooser.choice(words) + source[end:]
        yield source


@pytest.mark.parametrize("seed", range(20))
def test_a_cache_changes_no_answer(seed: int) -> None:
    cache = BlockCache()
    for source in edits(SOURCE, seed):
        result = run(source, HEADERS, cache)
        assert answers(result) == answers(run(source, HEADERS))
        assert_true(source.encode(), result)


def test_blocks_an_edit_does_not_touch_stay_the_same_objects() -> None:
    cache = BlockCache()
    before = run(SOURCE, HEADERS, cache).blocks
    after = run(SOURCE.replace("NOP", "NOPS").replace("// first", "// 1st"), HEADERS, cache).blocks
    same = [new.text is old.text for new, old in zip(after, before, strict=True)]
    # The stretch of ·f goes on to the next line that begins with TEXT, WHOLE(·w) included.
    assert same == [False, False, False, True, True]


def test_a_macro_concerns_the_blocks_that_name_it() -> None:
    source = "#define A 1\n#define B A\nTEXT ·f(SB), 4, $B\nTEXT ·g(SB), 4, $0\n"
    cache = BlockCache()
    before = run(source, None, cache).blocks
    after = run(source.replace("A 1", "A 2"), None, cache).blocks
    assert [block.text.decode() for block in after[1:]] == [
        "TEXT ·f(SB), 4, $2\n",
        "TEXT ·g(SB), 4, $0\n",
    ]
    assert after[2].text is before[2].text


def test_a_changed_header_is_seen() -> None:
    source = '#include "flags.h"\nTEXT ·f(SB), NOSPLIT, $0\n'
    cache = BlockCache()
    for value in ("4", "5", "4"):
        result = run(source, {"flags.h": f"#define NOSPLIT {value}\n"}, cache)
        assert result.blocks[1].text.decode() == f"TEXT ·f(SB), {value}, $0\n"
    assert run(source, {}, cache).problems


def test_files_and_configurations_may_share_a_cache() -> None:
    cache = BlockCache()
    source = "#ifdef GOARCH_arm\nARM\n#endif\n#ifdef GOARCH_amd64\nAMD64\n#endif\n"
    for goarch, text in (("arm", b"ARM\n"), ("amd64", b"AMD64\n"), ("arm", b"ARM\n")):
        result = run(source, None, cache, {f"GOARCH_{goarch}": "1"})
        assert result.blocks[0].text == text


def test_a_small_cache_forgets() -> None:
    cache = BlockCache(limit=100)
    for number in range(50):
        source = SOURCE.replace("16", str(number))
        assert answers(run(source, HEADERS, cache)) == answers(run(source, HEADERS))
    assert cache.size < 100 + 4 * len(SOURCE)


def test_edits_in_a_large_file() -> None:
    source = (SOURCE_ROOT / "crypto/internal/fips140/sha512/sha512block_amd64.s").read_text()
    cache = BlockCache()
    run(source, HEADERS, cache)
    for edited in edits(source, 1):
        assert answers(run(edited, HEADERS, cache)) == answers(run(edited, HEADERS))


def test_the_path_belongs_to_the_answer() -> None:
    result = run("#define A 1\nA\n", None, BlockCache())
    assert [macro.path for macro in result.definitions] == [PATH]
