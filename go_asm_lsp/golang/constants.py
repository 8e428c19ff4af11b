"""Exact arithmetic of Go constants, apart from names and types.

A value is a bool, bytes (a string), an int, a Fraction (floating point) or a Complex. Every
operation answers None where Go has no constant: division by zero, overflow, a value that the
type cannot hold.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Complex:
    real: Fraction
    imaginary: Fraction


Value = bool | bytes | int | Fraction | Complex

# The compiler's own bounds: untyped integers have 512 bits, and this is the longest shift.
_INTEGER_BITS = 512
_LONGEST_SHIFT = 1023 - 1 + 52
# Ours: no one writes such a constant, and it must not cost memory.
_MAX_STRING = 1 << 24


def binary(operator_text: str, left: Value, right: Value) -> Value | None:
    """Applies an arithmetic or logical operator to two values of the same class."""
    if isinstance(left, bool) and isinstance(right, bool):
        match operator_text:
            case "&&":
                return left and right
            case "||":
                return left or right
        return None
    if isinstance(left, bytes) and isinstance(right, bytes):
        is_long = len(left) + len(right) > _MAX_STRING
        return left + right if operator_text == "+" and not is_long else None
    if isinstance(left, Complex) and isinstance(right, Complex):
        return _binary_complex(operator_text, left, right)
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        if operator_text == "/":
            return trimmed(left / right) if right else None
        function = _EXACT.get(operator_text)
        return trimmed(function(left, right)) if function else None
    if isinstance(left, int) and isinstance(right, int):
        return bounded(_binary_int(operator_text, left, right))
    return None


def shift(operator_text: str, value: int, count: int) -> int | None:
    if not 0 <= count <= _LONGEST_SHIFT:
        return None
    return bounded(value << count if operator_text == "<<" else value >> count)


def compare(operator_text: str, left: Value, right: Value) -> bool | None:
    """Compares two values of the same class."""
    match operator_text:
        case "==":
            return left == right
        case "!=":
            return left != right
    function = _ORDERINGS.get(operator_text)
    if function is None:
        return None
    if isinstance(left, bytes) and isinstance(right, bytes):
        return function(left, right)
    if isinstance(left, bool) or isinstance(right, bool):
        return None
    if isinstance(left, int | Fraction) and isinstance(right, int | Fraction):
        return function(left, right)
    return None


def negate(value: Value) -> Value | None:
    if isinstance(value, bool | bytes):
        return None
    if isinstance(value, Complex):
        return Complex(-value.real, -value.imaginary)
    return -value


def represent(value: Value, kind: str, word: int) -> Value | None:
    """Converts a value to what a basic type of `kind` holds, rounded for floating point.

    `word` is the size of int in bytes. None when the type cannot hold it.
    """
    if kind in ("bool", "untyped bool"):
        return value if isinstance(value, bool) else None
    if kind in ("string", "untyped string"):
        return value if isinstance(value, bytes) else None
    if isinstance(value, bool | bytes):
        return None
    if kind in ("untyped int", "untyped rune"):
        return bounded(to_integer(value))
    if "int" in kind:
        whole = to_integer(value)
        if whole is None:
            return None
        bits = int(kind.lstrip("uint") or word * 8) if kind != "uintptr" else word * 8
        low, high = (0, 1 << bits) if kind[0] == "u" else (-1 << (bits - 1), 1 << (bits - 1))
        return whole if low <= whole < high else None
    if "float" in kind:
        real = _to_fraction(value)
        return None if real is None else _round(real, kind)
    if "complex" in kind:
        return _represent_complex(value, kind)
    return None


def to_integer(value: Value) -> int | None:
    """Answers the integer a numeric value is equal to."""
    if isinstance(value, bool | bytes):
        return None
    if isinstance(value, int):
        return value
    real = _to_fraction(value)
    return real.numerator if real is not None and real.denominator == 1 else None


def real_part(value: Value) -> Fraction | None:
    complex_value = to_complex(value)
    return complex_value.real if complex_value else None


def imaginary_part(value: Value) -> Fraction | None:
    complex_value = to_complex(value)
    return complex_value.imaginary if complex_value else None


def to_complex(value: Value) -> Complex | None:
    if isinstance(value, Complex):
        return value
    if isinstance(value, bool | bytes):
        return None
    return Complex(Fraction(value), Fraction(0))


def rune_string(value: int) -> bytes:
    """Converts an integer to the string of that one rune."""
    is_rune = 0 <= value <= 0x10FFFF and not 0xD800 <= value <= 0xDFFF
    return (chr(value) if is_rune else "\ufffd").encode()


_ORDERINGS: dict[str, Callable[..., bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_EXACT: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
# Significant bits, the exponent of the smallest value, and that of the first too large one.
_FLOAT_FORMATS = {"float32": (24, -149, 128), "float64": (53, -1074, 1024)}
# Where go/constant leaves exact fractions for 512-bit floating point.
_EXACT_BITS = 4096
# Ours again: repeated squaring must not fill the memory.
_MAX_BITS = 200_000


def bounded(value: int | None) -> int | None:
    """Answers an integer unless it is larger than any constant may be."""
    return value if value is not None and value.bit_length() <= _INTEGER_BITS else None


def _binary_int(operator_text: str, left: int, right: int) -> int | None:
    match operator_text:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/" | "%":
            if not right:
                return None
            # Go truncates towards zero.
            quotient = abs(left) // abs(right)
            if (left < 0) != (right < 0):
                quotient = -quotient
            return quotient if operator_text == "/" else left - quotient * right
        case "&":
            return left & right
        case "|":
            return left | right
        case "^":
            return left ^ right
        case "&^":
            return left & ~right
    return None


def _binary_complex(operator_text: str, left: Complex, right: Complex) -> Complex | None:
    a, b, c, d = left.real, left.imaginary, right.real, right.imaginary
    match operator_text:
        case "+":
            return _trimmed_complex(a + c, b + d)
        case "-":
            return _trimmed_complex(a - c, b - d)
        case "*":
            return _trimmed_complex(a * c - b * d, b * c + a * d)
        case "/":
            norm = c * c + d * d
            if not norm:
                return None
            return _trimmed_complex((a * c + b * d) / norm, (b * c - a * d) / norm)
    return None


def _trimmed_complex(real: Fraction, imaginary: Fraction) -> Complex | None:
    parts = trimmed(real), trimmed(imaginary)
    return None if parts[0] is None or parts[1] is None else Complex(parts[0], parts[1])


def _represent_complex(value: Value, kind: str) -> Complex | None:
    number = to_complex(value)
    if number is None or kind == "untyped complex":
        return number
    part = "float32" if kind == "complex64" else "float64"
    real = _round(number.real, part)
    imaginary = _round(number.imaginary, part)
    return None if real is None or imaginary is None else Complex(real, imaginary)


def _to_fraction(value: int | Fraction | Complex) -> Fraction | None:
    if isinstance(value, Complex):
        return None if value.imaginary else value.real
    return Fraction(value)


def _round(value: Fraction, kind: str) -> Fraction | None:
    if kind == "untyped float":
        return trimmed(value)
    bits, smallest, overflow = _FLOAT_FORMATS[kind]
    rounded = _round_to(value, bits, smallest)
    return rounded if abs(rounded) < 1 << overflow else None


def _round_to(value: Fraction, bits: int, smallest: int | None) -> Fraction:
    exponent = value.numerator.bit_length() - value.denominator.bit_length()
    if abs(value) < Fraction(2) ** exponent:
        exponent -= 1
    unit = exponent - bits + 1
    if smallest is not None:
        unit = max(unit, smallest)
    scale = Fraction(2) ** unit
    return round(value / scale) * scale


def trimmed(value: Fraction) -> Fraction | None:
    """Rounds a fraction as the compiler does when it grows; None when it is out of bounds."""
    size = value.numerator.bit_length(), value.denominator.bit_length()
    if max(size) < _EXACT_BITS:
        return value
    return None if max(size) > _MAX_BITS else _round_to(value, _INTEGER_BITS, None)
