package customers

import (
	"fmt"
	"iter"
	"strings"

	"example.com/platform-app/internal/event"
	"example.com/platform-app/internal/sampling"
)

const (
	customers    = 2400
	firstLSN     = 26_843_545_600
	deletedShare = 0.05
)

var (
	firstNames = []string{"Amara", "Björn", "Chiara", "David", "Elif", "Farid", "Grace", "Hana", "Ivan", "Jo"}
	lastNames  = []string{"Okafor", "Lindqvist", "Rossi", "Cohen", "Demir", "Haddad", "Kim", "Sato", "Novak"}
	countries  = []string{"DE", "US", "IT", "SE", "TR", "JP", "CZ", "NG", "GB"}
	plans      = []string{"free", "pro", "enterprise"}
	hosts      = []string{"example.com", "mail.example.org", "work.example.net"}
)

// samples are of a customer base in which a few change their plan often and most hardly ever.
func samples(source *sampling.Source) iter.Seq[CustomerChanged] {
	return func(yield func(CustomerChanged) bool) {
		known := map[int]*Customer{}
		lsn := int64(firstLSN)
		for {
			lsn += int64(source.Between(40, 900))
			number := source.Skewed(customers)
			changed := CustomerChanged{
				Base:       event.Sampled(source, "CustomerChanged"),
				CustomerID: customerID(number),
				Op:         created,
				Before:     known[number],
				LSN:        lsn,
			}
			if changed.Before != nil {
				changed.Op = updated
				if source.Chance(deletedShare) {
					changed.Op = deleted
				}
			}
			if changed.Op != deleted {
				changed.After = sampleCustomer(source, number)
			}
			known[number] = changed.After
			if !yield(changed) {
				return
			}
		}
	}
}

// sampleCustomer has a name that follows from the number; what changes is the plan, or where the
// mail goes.
func sampleCustomer(source *sampling.Source, number int) *Customer {
	first := firstNames[number%len(firstNames)]
	return &Customer{
		CustomerID: customerID(number),
		Email:      strings.ToLower(fmt.Sprintf("%s.%d@%s", first, number, sampling.Pick(source, hosts))),
		Name:       first + " " + lastNames[number%len(lastNames)],
		Country:    countries[number%len(countries)],
		Plan:       sampling.Pick(source, plans),
	}
}

func customerID(number int) string {
	return fmt.Sprintf("customer-%04d", number)
}
