"""One operand at a time: what it is, where its parts are, what its numbers are worth."""

from __future__ import annotations

import pytest

from go_asm_lsp.syntax.nodes import Instruction, Operand, OperandKind
from go_asm_lsp.syntax.parser import statements


def read(written: str) -> Operand:
    source = f"X {written}\n".encode()
    parsed = statements(source)
    assert parsed.problems == ()
    statement = parsed.statements[0]
    assert isinstance(statement, Instruction)
    (operand,) = statement.operands
    assert source[operand.span.start : operand.span.end].decode() == operand.text == written
    return operand


def summary(operand: Operand) -> str:
    """Writes down what an operand consists of, in the order of its fields."""
    parts = [operand.kind.value]
    if operand.symbol is not None:
        symbol = operand.symbol
        parts.append(f"symbol={symbol.package}|{symbol.name}")
        parts += ["static"] * symbol.is_static + [symbol.abi] * (symbol.abi is not None)
    if operand.offset is not None:
        parts.append(f"offset={operand.offset}")
    for name, register in (("base", operand.base), ("index", operand.index)):
        if register is not None:
            scale = f"*{register.scale}" if register.scale != 1 else ""
            parts.append(f"{name}={register.name}{scale}")
    if operand.value is not None:
        parts.append(f"value={operand.value}")
    if operand.base is None and operand.index is None and operand.registers:
        parts.append("names=" + ",".join(register.name for register in operand.registers))
    return " ".join(parts)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("AX", "register names=AX"),
        ("loop", "register names=loop"),
        ("V1.B16", "register names=V1"),
        ("V1.D[0]", "register names=V1"),
        ("PLDL1KEEP", "register names=PLDL1KEEP"),
        ("$8", "immediate value=8"),
        ("$-8", "immediate value=-8"),
        ("$(1<<3)", "immediate value=8"),
        ("$3.14", "immediate"),
        ("$(-1e9)", "immediate"),
        ('$"text"', "immediate"),
        ("$'a'", "immediate value=97"),
        ("$(const_x+8)", "immediate"),
        ("$x+8(FP)", "address symbol=None|x offset=8 base=FP"),
        ("$·sym(SB)", "address symbol=|sym offset=0 base=SB"),
        ("$8(R1)", "address offset=8 base=R1"),
        ("$(R1)", "address offset=0 base=R1"),
        ("$const_x", "address symbol=None|const_x offset=0"),
        ("x+8(FP)", "memory symbol=None|x offset=8 base=FP"),
        ("x-8(SP)", "memory symbol=None|x offset=-8 base=SP"),
        ("ret(FP)", "memory symbol=None|ret offset=0 base=FP"),
        ("base  +0(FP)", "memory symbol=None|base offset=0 base=FP"),
        ("x+8*4+1(FP)", "memory symbol=None|x offset=33 base=FP"),
        ("x+OFF(FP)", "memory symbol=None|x base=FP"),
        ("f(SB)", "memory symbol=None|f offset=0 base=SB"),
        ("f<>+16(SB)", "memory symbol=None|f static offset=16 base=SB"),
        ("f<ABIInternal>(SB)", "memory symbol=None|f ABIInternal offset=0 base=SB"),
        ("runtime∕debug·f(SB)", "memory symbol=runtime/debug|f offset=0 base=SB"),
        ("modernc·org∕libc·F(SB)", "memory symbol=modernc.org/libc|F offset=0 base=SB"),
        ('"".f(SB)', "memory symbol=|f offset=0 base=SB"),
        ("8(SP)", "memory offset=8 base=SP"),
        ("-8(SP)", "memory offset=-8 base=SP"),
        ("(8*3)(SP)", "memory offset=24 base=SP"),
        ("( 0)(I0)", "memory offset=0 base=I0"),
        ("(R1)", "memory offset=0 base=R1"),
        ("(R1)(R2*8)", "memory offset=0 base=R1 index=R2*8"),
        ("(R1)(R2)", "memory offset=0 base=R1 index=R2"),
        ("(R1)(R2<<3)", "memory offset=0 base=R1 index=R2*8"),
        ("(R1)(R2.UXTW<<2)", "memory offset=0 base=R1 index=R2*4"),
        ("(R9*4)", "memory offset=0 index=R9*4"),
        ("(R1+R2)", "memory offset=0 base=R1 index=R2"),
        ("8(R(3))", "memory offset=8 base=R(3)"),
        ("(VL*2)(R1)", "memory base=R1"),
        ("2(PC)", "memory offset=2 base=PC"),
        ("0x34(FS)", "memory offset=52 base=FS"),
        ("loop+4", "memory symbol=None|loop offset=4"),
        ("f<>", "memory symbol=None|f static offset=0"),
        ('"".f', "memory symbol=|f offset=0"),
        ("[R0,g,R12-R15]", "register_list names=R0,g,R12,R15"),
        ("[V0.B16-V3.B16]", "register_list names=V0,V3"),
        ("(R5, R6)", "register_pair names=R5,R6"),
        ("R1<<2", "shift names=R1"),
        ("R1->R2", "shift names=R1,R2"),
        ("R1 @> 64-27", "shift names=R1"),
        ("R0.UXTB<<2", "shift names=R0"),
        ("R(1)<<R(2)", "shift names=R(1),R(2)"),
        ("*AX", "indirect names=AX"),
        ("*8(AX)(BX*8)", "indirect offset=8 base=AX index=BX*8"),
        ("8", "integer value=8"),
        ("-(2+3)", "integer value=-5"),
        ("SPR(268)", "other names=SPR(268)"),
        ("[R12, $3](P1.D)", "other names=R12,P1"),
    ],
)
def test_operand(written: str, expected: str) -> None:
    assert summary(read(written)) == expected


@pytest.mark.parametrize(
    ("written", "offset"),
    [
        ("x+8(FP)", "+8"),
        ("x - 8(SP)", "- 8"),
        ("x<>+(8*2)(SB)", "+(8*2)"),
        ("-8(SP)", "-8"),
        ("(8*3)(SP)", "(8*3)"),
        ("x(FP)", None),
        ("(R1)", None),
    ],
)
def test_offset_covers_its_sign(written: str, offset: str | None) -> None:
    span = read(written).offset_span
    assert (span and f"X {written}".encode()[span.start : span.end].decode()) == offset


def test_same_text_twice_stands_in_two_places() -> None:
    statement = statements(b"MOVQ x+8(FP), x+8(FP)\n").statements[0]
    assert isinstance(statement, Instruction)
    first, second = statement.operands
    assert first.base is not None
    assert second.base is not None
    assert second.symbol is not None
    assert second.base.span.start - first.base.span.start == 9
    assert second.symbol.span == (14, 15)
    assert second.registers == (second.base,)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1<<2|3&4", 4),
        ("2-3-4", -5),
        ("8*4+1", 33),
        ("7%4*2", 6),
        ("~0", -1),
        ("~8*2", -18),
        ("-8>>1", None),
        ("64>>1*2", 16),
        ("1<<63", -(1 << 63)),
        ("1<<64", 0),
        ("0xFFFFFFFFFFFFFFFF+1", 0),
        ("18446744073709551615", -1),
        ("0x10", 16),
        ("0b101", 5),
        ("0o17", 15),
        ("017", 15),
        ("1_000", 1000),
        ("0x_FF", 255),
        ("'a'", 97),
        ("'\\n'", 10),
        ("'\\''", 39),
        ("'\\x41'", 65),
        ("'\\u00e9'", 0xE9),
        ("'·'", 0xB7),
        ("(1+2)*(3+4)", 21),
        ("5^1", 4),
        ("x+1", None),
    ],
)
def test_value(expression: str, value: int | None) -> None:
    statement = statements(f"X $({expression})\n".encode()).statements[0]
    assert isinstance(statement, Instruction)
    assert statement.operands[0].value == value


def test_expression_of_any_depth_is_no_trouble() -> None:
    for written in ("(" * 5000 + "1" + ")" * 5000, "-" * 9000 + "1", "1" + "+1" * 9000):
        statement = statements(f"X ${written}\n".encode()).statements[0]
        assert isinstance(statement, Instruction)
        assert statement.operands[0].kind is OperandKind.OTHER
