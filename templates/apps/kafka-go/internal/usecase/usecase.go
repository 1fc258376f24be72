// Package usecase names the use case of this project: the one place where it is named.
package usecase

import "example.com/platform-app/internal/pageviews"

// Domain is what the services run.
var Domain = pageviews.Domain
