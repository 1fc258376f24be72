package audit

import (
	"fmt"
	"iter"
	"strings"

	"example.com/platform-app/internal/event"
	"example.com/platform-app/internal/sampling"
)

type kind struct {
	// The resource ends with - or / when a number belongs to it.
	action, resource, service string
}

const users = 2400

var (
	people = []string{"ada", "boris", "carmen", "dmitri", "esra", "fatima", "gustav", "hyejin", "ines", "jamal"}
	jobs   = []string{"svc-backup", "svc-deploy", "svc-billing", "svc-importer"}
	actors = allActors()
	kinds  = []kind{
		{"session.opened", "console", "identity"},
		{"document.read", "documents/", "archive"},
		{"invoice.exported", "invoices/", "billing"},
		{"user.updated", "users/", "identity"},
		{"secret.read", "secrets/payments-", "vault"},
		{"role.granted", "roles/auditor-", "identity"},
		{"backup.created", "volumes/", "storage"},
		{"release.deployed", "releases/", "delivery"},
	}
	details = map[string][]string{
		success: {"by web console", "by API token", "by scheduled job"},
		denied:  {"role is missing", "second factor is missing", "outside office network"},
		failed:  {"upstream timed out", "version conflict", "quota exceeded"},
	}
)

// samples are of a company's services, a few people who administer them and jobs that never sleep.
func samples(source *sampling.Source) iter.Seq[AuditRecorded] {
	return func(yield func(AuditRecorded) bool) {
		for {
			actor := source.Skewed(len(actors))
			kind := sampling.Pick(source, kinds)
			outcome := sampleOutcome(source)
			recorded := AuditRecorded{event.Sampled(source, "AuditRecorded"), entry{
				Actor:    actors[actor],
				Action:   kind.action,
				Resource: sampleResource(source, kind.resource),
				Outcome:  outcome,
				// Each sits at their own desk.
				SourceIP: fmt.Sprintf("10.20.%d.%d", actor/250, actor%250+1),
				Service:  kind.service,
				Details:  sampling.Pick(source, details[outcome]),
			}}
			if !yield(recorded) {
				return
			}
		}
	}
}

func sampleOutcome(source *sampling.Source) string {
	switch {
	case !source.Chance(0.07):
		return success
	case source.Chance(0.6):
		return denied
	default:
		return failed
	}
}

func sampleResource(source *sampling.Source, resource string) string {
	if strings.HasSuffix(resource, "/") || strings.HasSuffix(resource, "-") {
		return fmt.Sprintf("%s%d", resource, source.Skewed(500))
	}
	return resource
}

func allActors() []string {
	all := append([]string{}, jobs...)
	for _, name := range people {
		all = append(all, name+"@example.com")
	}
	for number := range users {
		all = append(all, fmt.Sprintf("user%04d@example.com", number))
	}
	return all
}
