// Package view is how a use case answers questions over HTTP.
package view

import (
	"context"
	"database/sql"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"example.com/platform-app/internal/database"
)

const highestLimit = 500

// View is one kind of question.
type View struct {
	// Pattern is the one of net/http, such as "GET /views/orders/{orderId}".
	Pattern string
	// Answer becomes the JSON of the response.
	Answer func(*Question) (any, error)
}

// NotFound answers 404; it names what isn't there.
type NotFound string

func (n NotFound) Error() string {
	return string(n) + " is not known."
}

// Invalid answers 422; it says what is wrong with the question.
type Invalid string

func (i Invalid) Error() string {
	return string(i)
}

// Question is a request and the store that knows the answer.
type Question struct {
	request  *http.Request
	database *database.Database
}

// Ask puts a request to the store.
func Ask(request *http.Request, database *database.Database) *Question {
	return &Question{request: request, database: database}
}

// Context ends with the request.
func (q *Question) Context() context.Context {
	return q.request.Context()
}

// Path is a part of the path, by the name that the pattern gives it.
func (q *Question) Path(name string) string {
	return q.request.PathValue(name)
}

// Text is a parameter of the query, empty without one.
func (q *Question) Text(name string) string {
	return q.request.URL.Query().Get(name)
}

// OneOf is a parameter that is one of the choices, or empty without one.
func (q *Question) OneOf(name string, choices ...string) (string, error) {
	value := q.Text(name)
	if q.request.URL.Query().Has(name) && !slices.Contains(choices, value) {
		return "", Invalid(name + ": must be one of " + strings.Join(choices, ", "))
	}
	return value, nil
}

// Limit is how many rows are wanted.
func (q *Question) Limit(standard int) (int, error) {
	text := q.Text("limit")
	if text == "" {
		return standard, nil
	}
	limit, err := strconv.Atoi(text)
	if err != nil || limit < 1 || limit > highestLimit {
		return 0, Invalid("limit: must be a whole number from 1 to " + strconv.Itoa(highestLimit))
	}
	return limit, nil
}

// Rows reads the rows of a query, each by the scan function.
func Rows[T any](
	q *Question, scan func(*sql.Rows) (T, error), query string, values ...any,
) ([]T, error) {
	return database.Select(q.Context(), q.database, scan, query, values...)
}

// Row reads the only row of a query, or fails with NotFound.
func Row[T any](
	q *Question, what string, scan func(*sql.Rows) (T, error), query string, values ...any,
) (row T, err error) {
	rows, err := Rows(q, scan, query, values...)
	if err != nil {
		return row, err
	}
	if len(rows) == 0 {
		return row, NotFound(what)
	}
	return rows[0], nil
}
