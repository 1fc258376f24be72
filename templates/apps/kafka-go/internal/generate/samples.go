package generate

import (
	"encoding/json"
	"fmt"
	"iter"

	"example.com/platform-app/internal/event"
	"example.com/platform-app/internal/sampling"
)

// How many events a duplicate comes later, at most.
const longestWait = 50

// Sample is one event on its way.
type Sample struct {
	Key  string
	JSON []byte
}

// Samples are that many events, and between them those that come a second time.
func Samples(domain event.Domain, options Options) iter.Seq[Sample] {
	return func(yield func(Sample) bool) {
		made := 0
		// Chances of its own, so that duplicates don't change the events themselves.
		repeats := repeats{source: sampling.New(options.Seed), percent: options.Duplicates}
		for one := range domain.Samples(sampling.New(options.Seed)) {
			if made == options.Count {
				break
			}
			made++
			sample := encode(one)
			repeats.perhaps(sample, made)
			if !yield(sample) || !repeats.emit(made, yield) {
				return
			}
		}
		repeats.emit(made+longestWait, yield)
	}
}

type repeats struct {
	source  *sampling.Source
	percent float64
	waiting []repeat
}

type repeat struct {
	sample Sample
	after  int
}

func (r *repeats) perhaps(sample Sample, made int) {
	if r.source.Chance(r.percent / 100) {
		r.waiting = append(r.waiting, repeat{sample, made + r.source.Between(1, longestWait)})
	}
}

func (r *repeats) emit(made int, yield func(Sample) bool) bool {
	later := r.waiting[:0]
	for _, one := range r.waiting {
		if one.after > made {
			later = append(later, one)
		} else if !yield(one.sample) {
			return false
		}
	}
	r.waiting = later
	return true
}

func encode(one event.Event) Sample {
	value, err := json.Marshal(one)
	if err != nil {
		panic(fmt.Sprintf("a sample event has no JSON: %v", err))
	}
	return Sample{Key: one.Key(), JSON: value}
}
