"""Names of go_asm.h that a file may use, through whatever it includes."""

from __future__ import annotations

from go_asm_lsp.preprocess.header_names import header_names

FILES = {
    "one.h": b'#include "two.h"\n#define X T_one',
    "two.h": b'#include "one.h"\n#include "gone.h"\n#define Y T_two',
}


def resolve(written: str, from_path: str) -> tuple[str, bytes] | None:
    assert from_path == "/w/f.s"
    text = FILES.get(written)
    return None if text is None else (f"/w/{written}", text)


def names(source: str) -> set[str]:
    return set(header_names(source.encode("utf-8", "surrogateescape"), "/w/f.s", resolve))


def test_words_without_underscore_do_not_count() -> None:
    assert names("MOVQ x+8(FP), AX // nothing") == set()


def test_words_anywhere_in_the_text() -> None:
    text = "MOVQ $const_a, T_b(AX) // c_d\n#ifdef E_f\n\tg__size+2*größe_ö(SB)\n_"
    assert names(text) == {"const_a", "T_b", "c_d", "E_f", "g__size", "größe_ö", "_"}


def test_includes_are_followed_once() -> None:
    assert names('#include "one.h"\n# include  "one.h"') == {"T_one", "T_two"}


def test_include_in_a_macro_counts() -> None:
    assert names('#define A \\\n#include "two.h"\n') == {"T_one", "T_two"}


def test_one_huge_word_takes_linear_time() -> None:
    assert names("a" * 2_000_000) == set()


def test_bytes_that_are_no_text() -> None:
    assert names("\udcff_x \udcfe") == {"\udcff_x"}
