#include "go_asm.h"
#include "textflag.h"

// func Sum(values []uint32) uint64
TEXT ·Sum(SB), NOSPLIT, $0-32
	LDP  values_base+0(FP), (R0, R1)
	MOVD $0, R2

unrolled:
	CMP  $const_Lanes, R1
	BLT  single
	LDPW (R0), (R3, R4)
	LDPW 8(R0), (R5, R6)
	ADD  R3, R2
	ADD  R4, R2
	ADD  R5, R2
	ADD  R6, R2
	ADD  $(4*const_Lanes), R0
	SUB  $const_Lanes, R1
	B    unrolled

single:
	CBZ     R1, done
	MOVWU.P 4(R0), R3
	ADD     R3, R2
	SUB     $1, R1
	B       single

done:
	MOVD R2, ret+24(FP)
	RET

// func Index(values []uint64, x uint64) int
TEXT ·Index(SB), NOSPLIT, $0-40
	MOVD values_base+0(FP), R0
	MOVD values_len+8(FP), R1
	// Written when values was a string.
	MOVD x+16(FP), R2
	MOVD $0, R3

next:
	CMP    R1, R3
	BGE    missing
	MOVD.P 8(R0), R4
	CMP    R2, R4
	BEQ    found
	ADD    $1, R3
	B      next

missing:
	MOVD $-1, R3

found:
	MOVD R3, ret+32(FP)
	RET

// func Scale(values []float32, factor float32)
TEXT ·Scale(SB), NOSPLIT, $0-24
	MOVD  values_base+0(FP), R0
	MOVD  values_len+8(FP), R1
	FMOVS factor+24(FP), F0

next:
	CBZ   R1, done
	FMOVS (R0), F1
	FMULS F0, F1
	FMOVS F1, (R0)
	ADD   $4, R0
	SUB   $1, R1
	B     next

done:
	RET

// func Measure(values []float32) (stats Stats)
TEXT ·Measure(SB), NOSPLIT, $0-40
	MOVD  values_base+0(FP), R0
	MOVD  values_len+8(FP), R1
	MOVD  R1, stats_Count+24(FP)
	FMOVS ZR, F0
	MOVD  $0, R2

next:
	CBZ     R1, done
	FMOVS   (R0), F1
	FADDS   F1, F0
	MOVWU.P 4(R0), R3
	ORR     R3>>31, R2
	SUB     $1, R1
	B       next

done:
	FMOVS F0, stats_Sum+32(FP)
	MOVB  R2, stats_Negative+36(FP)
	RET
