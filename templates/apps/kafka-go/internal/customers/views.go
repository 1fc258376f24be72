package customers

import (
	"database/sql"

	"example.com/platform-app/internal/view"
)

var views = []view.View{
	{Pattern: "GET /views/customers", Answer: allCustomers},
	{Pattern: "GET /views/customers/{customerId}", Answer: oneCustomer},
}

type customerAnswer struct {
	Customer
	LSN int64 `json:"lsn"`
}

type customersAnswer struct {
	Customers []customerAnswer `json:"customers"`
}

const selectCustomer = `
	SELECT customer_id, email, name, country, plan, lsn FROM customers WHERE deleted = 0`

func allCustomers(question *view.Question) (any, error) {
	limit, err := question.Limit(50)
	if err != nil {
		return nil, err
	}
	country := question.Text("country")
	customers, err := view.Rows(question, scanCustomer,
		selectCustomer+" AND (country = ? OR ? = '') ORDER BY customer_id LIMIT ?", country, country, limit)
	return customersAnswer{customers}, err
}

func oneCustomer(question *view.Question) (any, error) {
	customerID := question.Path("customerId")
	return view.Row(question, "Customer "+customerID, scanCustomer,
		selectCustomer+" AND customer_id = ?", customerID)
}

func scanCustomer(rows *sql.Rows) (one customerAnswer, err error) {
	err = rows.Scan(&one.CustomerID, &one.Email, &one.Name, &one.Country, &one.Plan, &one.LSN)
	return one, err
}
