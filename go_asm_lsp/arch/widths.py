"""How many bytes of a memory operand an instruction touches, as far as its name tells.

The rules give what go vet's asmdecl concludes from a mnemonic, except for the x86 vector
instructions whose last letter names an element and not the operand
(https://go.dev/issue/47625). 0 means that the name alone does not tell.
"""

from __future__ import annotations

import re

_LEADING_LETTERS = re.compile(r"[A-Z]*")
_ELEMENT = {"B": 1, "W": 2, "D": 4, "Q": 8}
_SUFFIX = {"B": 1, "W": 2, "L": 4, "D": 8, "Q": 8}

# The operand size is the letter in the middle: CMOVLEQ moves a long when equal.
_LETTER_INSIDE = re.compile(r"(?:CMOV([WLQ])[A-Z]{2}|IMUL3([WLQ]))$")
# One element goes between memory and a vector or mask register.
_ONE_ELEMENT = re.compile(r"(?:V?PBROADCAST|V?PINSR|V?PEXTR|KMOV|VMOV)([BWDQ])$")
_GENERAL_P = re.compile(r"(?:PUSH|POP|PEXT[LQ]$|PDEP[LQ]$)")
_SCALAR_FLOAT = {"SD": 8, "SS": 4}


def x86_width(mnemonic: str, is_destination: bool) -> int:
    inside = _LETTER_INSIDE.match(mnemonic)
    if inside:
        return _SUFFIX[inside[1] or inside[2]]
    element = _ONE_ELEMENT.match(mnemonic)
    if element:
        return _ELEMENT[element[1]]
    if _is_vector(mnemonic):
        return _vector_width(mnemonic)
    return _general_width(_letters(mnemonic))


def i386_width(mnemonic: str, is_destination: bool) -> int:
    if mnemonic == "FMOVLP":
        return 4 if is_destination else 8
    if mnemonic == "LEAL":
        return 4 if is_destination else 0
    return x86_width(mnemonic, is_destination)


def amd64_width(mnemonic: str, is_destination: bool) -> int:
    if mnemonic == "LEAQ":
        return 8 if is_destination else 0
    if mnemonic == "CALL":
        return 8
    return x86_width(mnemonic, is_destination)


def _is_vector(mnemonic: str) -> bool:
    return (
        mnemonic.startswith(("V", "K", "CVTPL"))
        or (mnemonic.startswith("P") and not _GENERAL_P.match(mnemonic))
        or mnemonic.partition("2")[0].endswith("PD")
        or mnemonic in ("MPSADBW", "MASKMOVQ")
    )


def _vector_width(mnemonic: str) -> int:
    if mnemonic.startswith(("VP", "P")):
        return 0
    if mnemonic in ("MOVLPD", "MOVHPD", "VMOVLPD", "VMOVHPD"):
        return 8
    # A conversion reads what is named before the 2: CVTSD2SS reads a double.
    name = mnemonic.partition("2")[0] if "CVT" in mnemonic else mnemonic
    return _SCALAR_FLOAT.get(name[-2:], 0)


def _general_width(operation: str) -> int:
    if operation.startswith("F") and operation.endswith(("D", "DP")):
        return 8
    if operation.startswith("F") and operation.endswith(("F", "FP")):
        return 4
    if operation[-2:] in _SCALAR_FLOAT:
        return _SCALAR_FLOAT[operation[-2:]]
    if operation in ("MOVO", "MOVOU"):
        return 16
    if operation.startswith("SET"):
        return 1
    return _SUFFIX.get(operation[-1:], 0)


_PPC64_SUFFIX = re.compile(r"([BHWD])(?:ZU|Z|U|BR)?$")
_HALVES = {"B": 1, "H": 2, "W": 4, "D": 8}


def ppc64_width(mnemonic: str, is_destination: bool) -> int:
    suffix = _PPC64_SUFFIX.search(_letters(mnemonic))
    return _HALVES[suffix[1]] if suffix else 0


_ARM = {"MOVD": 8, "MOVW": 4, "MOVH": 2, "MOVHU": 2, "MOVB": 1, "MOVBU": 1}
_MIPS = {
    "MOVB": 1,
    "MOVBU": 1,
    "MOVH": 2,
    "MOVHU": 2,
    "MOVW": 4,
    "MOVWU": 4,
    "MOVF": 4,
    "MOVV": 8,
    "MOVD": 8,
}
_S390X = {
    "MOVB": 1,
    "MOVBZ": 1,
    "MOVH": 2,
    "MOVHZ": 2,
    "MOVW": 4,
    "MOVWZ": 4,
    "FMOVS": 4,
    "MOVD": 8,
    "FMOVD": 8,
}


def arm_width(mnemonic: str, is_destination: bool) -> int:
    return _ARM.get(_letters(mnemonic), 0)


def mips_width(mnemonic: str, is_destination: bool) -> int:
    return _MIPS.get(_letters(mnemonic), 0)


def s390x_width(mnemonic: str, is_destination: bool) -> int:
    return _S390X.get(_letters(mnemonic), 0)


def unknown_width(mnemonic: str, is_destination: bool) -> int:
    """Makes no claim: asmdecl has no widths for arm64, riscv64 and wasm."""
    return 0


def _letters(mnemonic: str) -> str:
    match = _LEADING_LETTERS.match(mnemonic)
    return match[0] if match else ""
