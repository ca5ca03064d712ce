package main

import (
	"fmt"
	"io"
	"sort"
)

// report collects how names were found where a plain translation was not enough.
type report struct {
	// Guesses that worked out.
	notes []string
	// What a program that uses the SDK would stumble over.
	mismatches []string
}

func (r *report) note(what, format string, arguments ...any) {
	r.notes = append(r.notes, what+"\t"+fmt.Sprintf(format, arguments...))
}

func (r *report) mismatch(what, format string, arguments ...any) {
	r.mismatches = append(r.mismatches, what+"\t"+fmt.Sprintf(format, arguments...))
}

func (r *report) print(out io.Writer) {
	sort.Strings(r.notes)
	sort.Strings(r.mismatches)
	for _, line := range r.notes {
		fmt.Fprintf(out, "note\t%s\n", line)
	}
	for _, line := range r.mismatches {
		fmt.Fprintf(out, "MISMATCH\t%s\n", line)
	}
}
