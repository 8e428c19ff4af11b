#include "textflag.h"

// func Sum(values []uint32) uint64
TEXT ·Sum(SB), NOSPLIT, $0-32
	// The parameter was called data once.
	MOV data_base+0(FP), X10
	MOV values_len+8(FP), X11
	MOV X0, X12

next:
	BEQZ X11, done
	MOVWU (X10), X13
	ADD  X13, X12
	ADD  $4, X10
	ADD  $-1, X11
	JMP  next

done:
	MOV X12, ret+24(FP)
	RET

// func Index(values []uint64, x uint64) int
TEXT ·Index(SB), NOSPLIT, $0-40
	MOV values_base+0(FP), X10
	MOV values_len+8(FP), X11
	MOV x+24(FP), X12
	MOV X0, X13

next:
	BGE X13, X11, missing
	MOV (X10), X14
	BEQ X14, X12, found
	ADD $8, X10
	ADD $1, X13
	JMP next

missing:
	MOV $-1, X13

found:
	MOV X13, ret+32(FP)
	RET

// func Scale(values []float32, factor float32)
TEXT ·Scale(SB), NOSPLIT, $0-28
	MOV  values_base+0(FP), X10
	MOV  values_len+8(FP), X11
	MOVF factor+24(FP), F10

next:
	BEQZ  X11, done
	MOVF  (X10), F11
	FMULS F10, F11, F11
	MOVF  F11, (X10)
	ADD   $4, X10
	ADD   $-1, X11
	JMP   next

done:
	RET

// func Measure(values []float32) (stats Stats)
TEXT ·Measure(SB), NOSPLIT, $0-40
	MOV    values_base+0(FP), X10
	MOV    values_len+8(FP), X11
	MOV    X11, stats_Count+24(FP)
	FMVWX  X0, F10
	MOV    X0, X12

next:
	BEQZ  X11, done
	MOVF  (X10), F11
	FADDS F11, F10, F10
	MOVWU (X10), X13
	SRL   $31, X13
	OR    X13, X12
	ADD   $4, X10
	ADD   $-1, X11
	JMP   next

done:
	MOVF F10, stats_Sum+32(FP)
	MOVB X12, stats_Negative+36(FP)
	RET
