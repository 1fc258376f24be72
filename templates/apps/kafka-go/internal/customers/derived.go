package customers

import "example.com/platform-app/internal/event"

// CustomerListed is for those who only need to know whom to write to.
type CustomerListed struct {
	event.Base
	CustomerID string  `json:"customerId"`
	Listed     bool    `json:"listed"`
	Email      *string `json:"email"`
	Plan       *string `json:"plan"`
}

func derive(changed CustomerChanged) (event.Derived, error) {
	listed := CustomerListed{Base: changed.Becomes("CustomerListed"), CustomerID: changed.CustomerID}
	after, err := changed.state()
	if err != nil {
		return nil, err
	}
	if after != nil {
		listed.Listed, listed.Email, listed.Plan = true, &after.Email, &after.Plan
	}
	return listed, nil
}
