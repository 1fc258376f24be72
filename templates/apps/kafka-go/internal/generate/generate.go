package generate

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"

	"example.com/platform-app/internal/event"
	"example.com/platform-app/internal/process"
)

// Run prints or posts the events; it fails if any of them was not accepted.
func Run(ctx context.Context, domain event.Domain, options Options, out, report io.Writer) error {
	samples := Samples(domain, options)
	if options.Print {
		return printAll(samples, out)
	}
	outcome := NewPosting(options.URL, options.Rate).All(ctx, samples)
	refused := 0
	for _, count := range outcome.Refused {
		refused += count
	}
	_, _ = fmt.Fprintf(report, "%d of %d events accepted\n", outcome.Accepted, outcome.Accepted+refused)
	for _, refusal := range slices.Sorted(maps.Keys(outcome.Refused)) {
		_, _ = fmt.Fprintf(report, "%d not accepted: %s\n", outcome.Refused[refusal], refusal)
	}
	if refused > 0 {
		return process.Told(errors.New("not all events were accepted"))
	}
	return nil
}

func printAll(samples iter.Seq[Sample], out io.Writer) error {
	buffered := bufio.NewWriter(out)
	for sample := range samples {
		if _, err := fmt.Fprintf(buffered, "%s\n", sample.JSON); err != nil {
			return err
		}
	}
	return buffered.Flush()
}
