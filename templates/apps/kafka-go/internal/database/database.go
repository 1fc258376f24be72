package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
)

// Unavailable is not the event's fault: the same work may succeed later.
type Unavailable struct {
	cause error
}

func (u *Unavailable) Error() string {
	// Drivers add hints on further lines.
	line, _, _ := strings.Cut(u.cause.Error(), "\n")
	return line
}

func (u *Unavailable) Unwrap() error {
	return u.cause
}

// Database is opened when it is needed, and again after it was lost.
type Database struct {
	dialect dialect
	tables  []string

	// One connection writes, others read: questions over HTTP don't hold up the consumer.
	writing sync.Mutex
	writer  *writer

	opening sync.Mutex
	pool    *sql.DB
}

// New needs no connection yet. The tables are made with the first one.
func New(url string, tables ...string) *Database {
	return &Database{dialect: dialectOf(url), tables: tables}
}

// Write runs the work in one transaction. If it fails with Unavailable, nothing is done.
func (d *Database) Write(ctx context.Context, work func(*Tx) error) error {
	d.writing.Lock()
	defer d.writing.Unlock()
	err := d.write(ctx, work)
	if err == nil {
		return nil
	}
	err = d.explained(err)
	if _, lost := errors.AsType[*Unavailable](err); lost {
		d.closeWriter()
	}
	return err
}

// Select reads the rows of a query, each by the scan function.
func Select[T any](
	ctx context.Context, d *Database, scan func(*sql.Rows) (T, error), query string, values ...any,
) ([]T, error) {
	found := []T{}
	pool, err := d.open(ctx)
	if err != nil {
		return nil, d.explained(err)
	}
	rows, err := pool.QueryContext(ctx, d.dialect.sql(query), values...)
	if err != nil {
		return nil, d.explained(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		row, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("reading a row: %w", err)
		}
		found = append(found, row)
	}
	if err := rows.Err(); err != nil {
		return nil, d.explained(err)
	}
	return found, nil
}

// Close lets go of all connections.
func (d *Database) Close() error {
	d.writing.Lock()
	defer d.writing.Unlock()
	d.closeWriter()
	d.opening.Lock()
	defer d.opening.Unlock()
	if d.pool == nil {
		return nil
	}
	return d.pool.Close()
}

// IsUnavailable is for errors inside a transaction, which are still the driver's own.
func (d *Database) IsUnavailable(err error) bool {
	return d.dialect.unavailable(err)
}

func (d *Database) explained(err error) error {
	if d.dialect.unavailable(err) {
		return &Unavailable{cause: err}
	}
	return err
}

func (d *Database) write(ctx context.Context, work func(*Tx) error) error {
	if d.writer == nil {
		pool, err := d.open(ctx)
		if err != nil {
			return err
		}
		if d.writer, err = newWriter(ctx, pool); err != nil {
			return err
		}
	}
	return d.writer.transaction(ctx, d.dialect, work)
}

// open makes the tables before anything else sees the database.
func (d *Database) open(ctx context.Context) (*sql.DB, error) {
	d.opening.Lock()
	defer d.opening.Unlock()
	if d.pool != nil {
		return d.pool, nil
	}
	pool, err := d.dialect.open()
	if err != nil {
		return nil, err
	}
	if err := d.createTables(ctx, pool); err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	d.pool = pool
	return pool, nil
}

func (d *Database) createTables(ctx context.Context, pool *sql.DB) error {
	first, err := newWriter(ctx, pool)
	if err != nil {
		return err
	}
	defer first.close()
	return first.transaction(ctx, d.dialect, func(tx *Tx) error {
		for _, statement := range append([]string{d.dialect.lockSchema()}, d.tables...) {
			if err := tx.Exec(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d *Database) closeWriter() {
	if d.writer != nil {
		d.writer.close()
		d.writer = nil
	}
}
