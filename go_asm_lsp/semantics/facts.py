"""Everything the checks of one function start from, gathered once."""

from __future__ import annotations

from dataclasses import dataclass

from go_asm_lsp.arch.model import Arch
from go_asm_lsp.golang.model import BuildConfiguration
from go_asm_lsp.semantics.argument_fit import Misfit, MisfitKind, fits_width, misfit, slots_at
from go_asm_lsp.semantics.frame_use import FrameUse, frame_use
from go_asm_lsp.semantics.model import Function


@dataclass(frozen=True, slots=True)
class FunctionFacts:
    """One function on one architecture."""

    function: Function
    arch: Arch
    configuration: BuildConfiguration
    import_path: str
    use: FrameUse
    misfits: tuple[Misfit, ...]

    def misfits_of(self, kind: MisfitKind) -> tuple[Misfit, ...]:
        return tuple(m for m in self.misfits if m.kind is kind)

    def message(self, text: str) -> str:
        """Puts go vet's prefix before a message."""
        return f"[{self.arch.goarch}] {self.function.display_name}: {text}"


def function_facts(
    function: Function, arch: Arch, configuration: BuildConfiguration, import_path: str
) -> FunctionFacts:
    use = frame_use(function, arch)
    misfits: tuple[Misfit, ...] = ()
    if function.frame:
        found = (misfit(argument, function.frame, arch) for argument in use.arguments)
        misfits = tuple(m for m in found if m and not _is_shared_name(m, function, arch))
    return FunctionFacts(function, arch, configuration, import_path, use, misfits)


def _is_shared_name(found: Misfit, function: Function, arch: Arch) -> bool:
    """Tells whether only the name is wrong, and a macro's body gives it.

    A macro writes functions or parts of them for several prototypes, whose parameters may
    have other names, as in runtime's CALLFN.
    """
    symbol = found.use.symbol_span
    if found.kind is not MisfitKind.UNKNOWN or symbol is None or function.frame is None:
        return False
    if function.origin(symbol).inner is None:
        return False
    mnemonic = found.use.instruction.mnemonic
    slots = slots_at(found.use.offset, function.frame)
    return any(fits_width(found.use, mnemonic, slot, arch) for slot in slots)
