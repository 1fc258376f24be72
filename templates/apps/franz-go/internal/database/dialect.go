// Package database has one way to work with SQLite and with PostgreSQL. Statements are written
// with ? for values, on both.
package database

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"
)

// dialect is what the two do differently, and nothing else.
type dialect interface {
	open() (*sql.DB, error)
	// beginWriting starts a transaction that is going to write.
	beginWriting() string
	// lockSchema keeps two consumers that start at once from colliding.
	lockSchema() string
	// sql is the statement with this database's placeholders.
	sql(statement string) string
	// execMany runs the statement for each row, in order, and returns how many rows each affected.
	execMany(ctx context.Context, writer *writer, statement string, rows [][]any) ([]int64, error)
	// unavailable says whether a later try may succeed, so that the event isn't to blame.
	unavailable(err error) bool
}

const (
	postgreSQLScheme = "postgresql://"
	// sqlite:///relative.db and sqlite:////absolute.db, as in SQLAlchemy.
	sqliteScheme = "sqlite:///"
)

// Check says whether the address can be that of a database. Whether there is one shows later.
func Check(url string) error {
	if strings.HasPrefix(url, postgreSQLScheme) {
		_, err := pgx.ParseConfig(url)
		return err
	}
	if path, isFile := strings.CutPrefix(url, sqliteScheme); !isFile || path == "" {
		return errors.New("neither a PostgreSQL server nor an SQLite file")
	}
	return nil
}

func dialectOf(url string) dialect {
	if strings.HasPrefix(url, postgreSQLScheme) {
		return &postgreSQL{url: url}
	}
	return sqlite{path: strings.TrimPrefix(url, sqliteScheme)}
}
