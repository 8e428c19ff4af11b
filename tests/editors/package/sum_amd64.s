#include "textflag.h"

// func Sum(xs []int64, start int64) (total int64)
TEXT ·Sum(SB), NOSPLIT, $16-40
	MOVQ xs_base+0(FP), SI
	MOVQ xs_len+8(FP), CX
	MOVQ start+16(FP), AX
	MOVQ AX, saved-8(SP)
	TESTQ CX, CX
	JEQ  done

loop:
	ADDQ (SI), AX
	ADDQ $8, SI
	DECQ CX
	JNE  loop

done:
	MOVQ AX, total+32(FP)
	RET
