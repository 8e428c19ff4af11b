//go:build !amd64 && !arm64 && !riscv64

package vector

// Sum adds up values. It cannot overflow for fewer than 1<<32 of them.
func Sum(values []uint32) uint64 {
	sum := uint64(0)
	for _, value := range values {
		sum += uint64(value)
	}
	return sum
}

// Index returns the place of the first x in values, or -1.
func Index(values []uint64, x uint64) int {
	for i, value := range values {
		if value == x {
			return i
		}
	}
	return -1
}

// Scale multiplies each value by factor, in place.
func Scale(values []float32, factor float32) {
	for i := range values {
		values[i] *= factor
	}
}

// Measure counts and adds up values in one pass.
func Measure(values []float32) (stats Stats) {
	for _, value := range values {
		stats.Count++
		stats.Sum += value
		stats.Negative = stats.Negative || value < 0
	}
	return stats
}
