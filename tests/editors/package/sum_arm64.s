#include "textflag.h"

// func Sum(xs []int64, start int64) (total int64)
TEXT ·Sum(SB), NOSPLIT, $0-40
	MOVD xs_base+0(FP), R0
	MOVD xs_len+8(FP), R1
	MOVD start+24(FP), R2
	CBZ  R1, done

loop:
	MOVD.P 8(R0), R3
	ADD  R3, R2
	SUBS $1, R1
	BNE  loop

done:
	MOVD R2, total+32(FP)
	RET
