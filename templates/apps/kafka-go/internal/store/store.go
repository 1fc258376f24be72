// Package store applies events, each once, and remembers what has been applied.
package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"example.com/platform-app/internal/database"
	"example.com/platform-app/internal/event"
	"example.com/platform-app/internal/moment"
	"example.com/platform-app/internal/record"
)

const processedEvents = `
	CREATE TABLE IF NOT EXISTS processed_events (
	  event_id TEXT PRIMARY KEY,
	  event_type TEXT NOT NULL,
	  topic TEXT NOT NULL,
	  partition INTEGER NOT NULL,
	  record_offset BIGINT NOT NULL,
	  correlation_id TEXT,
	  payload TEXT NOT NULL,
	  processed_at TEXT NOT NULL
	)`

const claim = `
	INSERT INTO processed_events (
	  event_id, event_type, topic, partition, record_offset, correlation_id, payload, processed_at
	) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (event_id) DO NOTHING`

// Received is an event, and the record it came in.
type Received struct {
	Record record.Record
	Event  event.Event
}

// Failed is an event that the domain can't apply.
type Failed struct {
	Received
	Cause error
}

// Applied is what became of a batch.
type Applied struct {
	Fresh      []Received
	Duplicates int
	Failed     []Failed
}

// Store is the database with the domain's tables.
type Store struct {
	database *database.Database
	domain   event.Domain
}

// Open needs no connection yet.
func Open(url string, domain event.Domain) *Store {
	tables := append([]string{processedEvents}, domain.Tables...)
	return &Store{database: database.New(url, tables...), domain: domain}
}

// Database is where the domain's views look.
func (s *Store) Database() *database.Database {
	return s.database
}

// Apply does all of it in one transaction. If it fails, with database.Unavailable, nothing is done.
func (s *Store) Apply(ctx context.Context, batch []Received) (Applied, error) {
	result, err := s.applyTogether(ctx, batch)
	if err == nil || s.database.IsUnavailable(err) {
		return result, err
	}
	// One of them fails. Which one shows when each has a savepoint of its own, which is slower and
	// therefore not how the batch begins.
	return s.applyOneByOne(ctx, batch)
}

// Found is what is known about an event that was applied.
type Found struct {
	Event         json.RawMessage `json:"event"`
	Topic         string          `json:"topic"`
	Partition     int32           `json:"partition"`
	Offset        int64           `json:"offset"`
	CorrelationID *string         `json:"correlationId"`
	ProcessedAt   string          `json:"processedAt"`
}

// Find looks for an event by its id; nil when there is none.
func (s *Store) Find(ctx context.Context, eventID string) (*Found, error) {
	rows, err := database.Select(ctx, s.database, scanFound, `
		SELECT payload, topic, partition, record_offset, correlation_id, processed_at
		FROM processed_events WHERE event_id = ?`, eventID)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &rows[0], nil
}

// Stats are equal as long as each effect happened once.
type Stats struct {
	Events  int64 `json:"events"`
	Effects int64 `json:"effects"`
}

// Stats counts both in one statement, so that the numbers are of the same moment.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	rows, err := database.Select(ctx, s.database, scanStats, fmt.Sprintf(
		"SELECT (SELECT COUNT(*) FROM processed_events), COALESCE((%s), 0)", s.domain.Effects))
	if err != nil {
		return Stats{}, err
	}
	return rows[0], nil
}

// Close lets go of the connections.
func (s *Store) Close() error {
	return s.database.Close()
}

func (s *Store) applyTogether(ctx context.Context, batch []Received) (result Applied, err error) {
	err = s.database.Write(ctx, func(tx *database.Tx) error {
		result, err = s.apply(ctx, tx, batch)
		return err
	})
	return result, err
}

func (s *Store) applyOneByOne(ctx context.Context, batch []Received) (Applied, error) {
	var result Applied
	err := s.database.Write(ctx, func(tx *database.Tx) error {
		for i := range batch {
			var one Applied
			err := tx.Savepoint(ctx, func() (err error) {
				one, err = s.apply(ctx, tx, batch[i:i+1])
				return err
			})
			switch {
			case err == nil:
				result.Fresh = append(result.Fresh, one.Fresh...)
				result.Duplicates += one.Duplicates
			case s.database.IsUnavailable(err):
				return err
			default:
				result.Failed = append(result.Failed, Failed{Received: batch[i], Cause: err})
			}
		}
		return nil
	})
	return result, err
}

// apply remembers the events of the batch, and lets those that weren't known have their effect. A
// handler's panic is its bug like any error, and the event at fault must not stop the others.
func (s *Store) apply(ctx context.Context, tx *database.Tx, batch []Received) (result Applied, err error) {
	affected, err := tx.ExecMany(ctx, claim, claims(batch))
	if err != nil {
		return result, err
	}
	var events []event.Event
	for i, received := range batch {
		// 0 as well if the batch holds the same event twice.
		if affected[i] == 0 {
			result.Duplicates++
			continue
		}
		result.Fresh = append(result.Fresh, received)
		events = append(events, received.Event)
	}
	if len(events) == 0 {
		return result, nil
	}
	defer func() {
		if bug := recover(); bug != nil {
			err = fmt.Errorf("the handler panicked: %v", bug)
		}
	}()
	return result, s.domain.Apply(ctx, tx, events)
}

func claims(batch []Received) [][]any {
	now := moment.Now()
	rows := make([][]any, len(batch))
	for i, received := range batch {
		common, from := received.Event.Common(), received.Record
		var correlationID any
		if text, ok := from.Headers.Text("correlation-id"); ok {
			correlationID = text
		}
		rows[i] = []any{
			common.EventID.String(), common.EventType, from.Topic, from.Number, from.Offset,
			correlationID, string(from.Value), now,
		}
	}
	return rows
}

func scanFound(rows *sql.Rows) (found Found, err error) {
	var payload string
	err = rows.Scan(&payload, &found.Topic, &found.Partition, &found.Offset, &found.CorrelationID, &found.ProcessedAt)
	found.Event = json.RawMessage(payload)
	return found, err
}

func scanStats(rows *sql.Rows) (stats Stats, err error) {
	err = rows.Scan(&stats.Events, &stats.Effects)
	return stats, err
}
