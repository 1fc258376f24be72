// Package web is what the services share over HTTP.
package web

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// Answer writes JSON.
func Answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	// The only errors left are those of the connection, and there is nobody to tell.
	_ = json.NewEncoder(w).Encode(body)
}

// Problem is the shape of every error, whoever found it.
type Problem struct {
	Status int `json:"-"`
	// Kind is for programs, in snake case; Message is for people, a sentence.
	Kind          string   `json:"error"`
	Message       string   `json:"message"`
	CorrelationID string   `json:"correlationId"`
	Details       []string `json:"details,omitzero"`
	// RetryAfter is in seconds; 0 for none.
	RetryAfter int `json:"-"`
}

// Refuse answers with a problem.
func Refuse(w http.ResponseWriter, r *http.Request, problem Problem) {
	problem.CorrelationID = CorrelationID(r.Context())
	if problem.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(problem.RetryAfter))
	}
	Answer(w, problem.Status, problem)
}
