package customers

import (
	"regexp"

	"example.com/platform-app/internal/event"
)

var country = regexp.MustCompile(`^[A-Za-z]{2}$`)

// Operations, as Debezium calls them.
const (
	created = "c"
	updated = "u"
	deleted = "d"
)

// CustomerChanged is the event as it is on the topic: one committed change of one row.
type CustomerChanged struct {
	event.Base
	CustomerID string    `json:"customerId"`
	Op         string    `json:"op"`
	Before     *Customer `json:"before"`
	After      *Customer `json:"after"`
	// LSN is where the change stands in the log of its database; it only grows.
	LSN int64 `json:"lsn"`
}

// Customer is a row of the table elsewhere.
type Customer struct {
	CustomerID string `json:"customerId"`
	Email      string `json:"email"`
	Name       string `json:"name"`
	Country    string `json:"country"`
	Plan       string `json:"plan"`
}

// Key keeps the changes of one row in order.
func (c CustomerChanged) Key() string {
	return c.CustomerID
}

// state is the row after the change, or nil when it was deleted.
func (c CustomerChanged) state() (*Customer, error) {
	if c.Op == deleted {
		return nil, nil
	}
	if c.After == nil {
		return nil, event.Refused("op " + c.Op + " says nothing about the customer after the change")
	}
	return c.After, nil
}

func readCustomerChanged(base event.Base, fields *event.Fields) CustomerChanged {
	return CustomerChanged{
		Base:       base,
		CustomerID: fields.Identifier("customerId"),
		Op:         fields.OneOf("op", created, updated, deleted),
		Before:     readCustomer(fields.Nested("before")),
		After:      readCustomer(fields.Nested("after")),
		LSN:        fields.Count("lsn"),
	}
}

func readCustomer(fields *event.Fields) *Customer {
	if fields == nil {
		return nil
	}
	return &Customer{
		CustomerID: fields.Identifier("customerId"),
		Email:      fields.Text("email"),
		Name:       fields.Text("name"),
		Country:    fields.Matching("country", country, "must be two letters"),
		Plan:       fields.OneOf("plan", "free", "pro", "enterprise"),
	}
}
