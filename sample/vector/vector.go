// Package vector computes with slices of numbers.
package vector

// Lanes is how many values one pass of the unrolled loops takes.
const Lanes = 4

// Stats is what Measure finds out about a slice.
type Stats struct {
	Count    int
	Sum      float32
	Negative bool
}
