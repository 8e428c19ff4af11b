#include "go_asm.h"
#include "textflag.h"

#define VALUES SI
#define COUNT CX

// LOAD takes a slice's first element and its length into registers.
#define LOAD(base, length) \
	MOVQ base, VALUES \
	MOVQ length, COUNT

DATA signs<>+0(SB)/4, $0x80000000
GLOBL signs<>(SB), RODATA|NOPTR, $4

// func Sum(values []uint32) uint64
TEXT ·Sum(SB), NOSPLIT, $0-32
	LOAD(values_base+0(FP), values_len+8(FP))
	XORL AX, AX

unrolled:
	CMPQ COUNT, $const_Lanes
	JLT  single
	MOVL 0(VALUES), DX
	ADDQ DX, AX
	MOVL 4(VALUES), DX
	ADDQ DX, AX
	MOVL 8(VALUES), DX
	ADDQ DX, AX
	MOVL 12(VALUES), DX
	ADDQ DX, AX
	ADDQ $(4*const_Lanes), VALUES
	SUBQ $const_Lanes, COUNT
	JMP  unrolled

single:
	TESTQ COUNT, COUNT
	JZ    done
	MOVL  (VALUES), DX
	ADDQ  DX, AX
	ADDQ  $4, VALUES
	DECQ  COUNT
	JMP   single

done:
	// The result was a uint32 once.
	MOVL AX, ret+24(FP)
	RET

// func Index(values []uint64, x uint64) int
TEXT ·Index(SB), NOSPLIT, $0-40
	LOAD(values_base+0(FP), values_len+8(FP))
	// BP holds the caller's frame pointer, and a frame of 0 bytes does not save it.
	MOVQ x+24(FP), BP
	XORL AX, AX

next:
	CMPQ AX, COUNT
	JGE  missing
	CMPQ (VALUES)(AX*8), BP
	JEQ  found
	INCQ AX
	JMP  next

missing:
	MOVQ $-1, AX

found:
	MOVQ AX, ret+32(FP)
	RET

// func Scale(values []float32, factor float32)
TEXT ·Scale(SB), NOSPLIT, $0-28
	LOAD(values_base+0(FP), values_len+8(FP))
	MOVSS factor+24(FP), X0

next:
	TESTQ COUNT, COUNT
	JZ    done
	MOVSS (VALUES), X1
	MULSS X0, X1
	MOVSS X1, (VALUES)
	ADDQ  $4, VALUES
	DECQ  COUNT
	JMP   next

done:
	RET

// func Measure(values []float32) (stats Stats)
TEXT ·Measure(SB), NOSPLIT, $16-40
	LOAD(values_base+0(FP), values_len+8(FP))
	MOVQ  COUNT, stats_Count+24(FP)
	XORPS X0, X0
	MOVL  $0, negative-8(SP)

next:
	TESTQ COUNT, COUNT
	JZ    done
	MOVSS (VALUES), X1
	ADDSS X1, X0
	MOVL  (VALUES), AX
	ANDL  signs<>(SB), AX
	ORL   AX, negative-8(SP)
	ADDQ  $4, VALUES
	DECQ  COUNT
	JMP   next

done:
	MOVSS X0, stats_Sum+32(FP)
	CMPL  negative-8(SP), $0
	SETNE AX
	MOVB  AX, stats_Negative+36(FP)
	RET
