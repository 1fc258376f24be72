// Package generate makes sample events and prints them or posts them to the producer.
package generate

import (
	"errors"
	"flag"
	"fmt"
	"net/url"
)

// Options are those of the command line.
type Options struct {
	Count int
	Seed  uint64
	// Rate is in events a second; 0 for as fast as they are accepted.
	Rate float64
	URL  string
	// Print shows the events instead of posting them.
	Print bool
	// Duplicates is how many percent of the events come a second time.
	Duplicates float64
}

// ParseOptions reads the command line.
func ParseOptions(arguments []string) (Options, error) {
	var options Options
	flags := flag.NewFlagSet("generate", flag.ContinueOnError)
	flags.IntVar(&options.Count, "count", 100, "how many events")
	flags.Uint64Var(&options.Seed, "seed", 1, "same seed, same events")
	flags.Float64Var(&options.Rate, "rate", 0, "events a second; 0: no limit")
	flags.StringVar(&options.URL, "url", "http://127.0.0.1:8080", "where the producer is")
	flags.BoolVar(&options.Print, "print", false, "print, one event a line")
	flags.Float64Var(&options.Duplicates, "duplicates", 0, "percent of the events that come a second time")
	if err := flags.Parse(arguments); err != nil {
		return options, err
	}
	return options, options.check()
}

func (o Options) check() error {
	producer, err := url.Parse(o.URL)
	switch {
	case err != nil || producer.Scheme != "http" || producer.Host == "":
		return fmt.Errorf("--url must be http://host:port, not %s", o.URL)
	case o.Count < 0:
		return errors.New("--count must not be negative")
	case o.Rate < 0:
		return errors.New("--rate must not be negative")
	case o.Duplicates < 0 || o.Duplicates > 100:
		return errors.New("--duplicates must be from 0 to 100")
	}
	return nil
}
