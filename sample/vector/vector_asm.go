//go:build amd64 || arm64 || riscv64

package vector

// Sum adds up values. It cannot overflow for fewer than 1<<32 of them.
//
//go:noescape
func Sum(values []uint32) uint64

// Index returns the place of the first x in values, or -1.
//
//go:noescape
func Index(values []uint64, x uint64) int

// Scale multiplies each value by factor, in place.
//
//go:noescape
func Scale(values []float32, factor float32)

// Measure counts and adds up values in one pass.
//
//go:noescape
func Measure(values []float32) (stats Stats)
