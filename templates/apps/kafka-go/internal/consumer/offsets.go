package consumer

import (
	"maps"

	"example.com/platform-app/internal/record"
)

// offsets are those that may be committed: the ones behind effects, and no others.
type offsets map[record.Partition]int64

func (o offsets) done(records []record.Record) {
	for _, done := range records {
		o[done.Partition] = done.Offset + 1
	}
}

// take hands out what is to be committed now.
func (o offsets) take() offsets {
	taken := maps.Clone(o)
	clear(o)
	return taken
}

// takeOf is take for some partitions only.
func (o offsets) takeOf(partitions []record.Partition) offsets {
	taken := offsets{}
	for _, partition := range partitions {
		if next, ok := o[partition]; ok {
			taken[partition] = next
			delete(o, partition)
		}
	}
	return taken
}

// putBack is for a commit that failed. What was finished since is newer and stays.
func (o offsets) putBack(failed offsets) {
	for partition, next := range failed {
		if _, newer := o[partition]; !newer {
			o[partition] = next
		}
	}
}
