package consumer

import (
	"slices"
	"sync"

	"example.com/platform-app/internal/record"
)

// assignment has the partitions that this member reads. Readiness and the lag ask for them while a
// batch is under way; so its lock is one that nobody holds for long.
type assignment struct {
	mutex      sync.RWMutex
	partitions []record.Partition
}

func (a *assignment) all() []record.Partition {
	a.mutex.RLock()
	defer a.mutex.RUnlock()
	return slices.Clone(a.partitions)
}

func (a *assignment) has(partition record.Partition) bool {
	a.mutex.RLock()
	defer a.mutex.RUnlock()
	return slices.Contains(a.partitions, partition)
}

func (a *assignment) add(gained []record.Partition) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.partitions = append(a.partitions, gained...)
}

func (a *assignment) remove(gone []record.Partition) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.partitions = slices.DeleteFunc(a.partitions, func(p record.Partition) bool {
		return slices.Contains(gone, p)
	})
}
