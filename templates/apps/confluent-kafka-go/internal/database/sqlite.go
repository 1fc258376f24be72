package database

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"slices"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// sqlite is one file, for one consumer and for tests.
type sqlite struct {
	path string
}

// The primary result codes of a file that is busy, full or gone. Others mean a wrong statement.
var sqliteUnavailable = []int{
	sqlite3.SQLITE_BUSY,
	sqlite3.SQLITE_LOCKED,
	sqlite3.SQLITE_READONLY,
	sqlite3.SQLITE_IOERR,
	sqlite3.SQLITE_FULL,
	sqlite3.SQLITE_CANTOPEN,
	sqlite3.SQLITE_PROTOCOL,
}

func (s sqlite) open() (*sql.DB, error) {
	if err := os.MkdirAll(filepath.Dir(s.path), 0o750); err != nil {
		return nil, err
	}
	options := url.Values{"_pragma": {
		// Short: the consumer retries with its partitions paused, and polls meanwhile.
		"busy_timeout(100)",
		// Readers don't wait for the writer. FULL: an effect must survive a power cut once its
		// offset is committed, and in WAL mode NORMAL wouldn't promise that.
		"journal_mode(WAL)",
		"synchronous(FULL)",
		// 64 MiB. Event ids are random, so every insert may touch any page of their index.
		"cache_size(-65536)",
	}}
	file := url.URL{Scheme: "file", Opaque: (&url.URL{Path: s.path}).EscapedPath(), RawQuery: options.Encode()}
	return sql.Open("sqlite", file.String())
}

// Takes the write lock at once; a later upgrade from a read lock can't wait for others.
func (sqlite) beginWriting() string {
	return "BEGIN IMMEDIATE"
}

func (sqlite) lockSchema() string {
	return "SELECT 1"
}

func (sqlite) sql(statement string) string {
	return statement
}

func (sqlite) execMany(
	ctx context.Context, writer *writer, statement string, rows [][]any,
) ([]int64, error) {
	prepared, err := writer.statement(ctx, statement)
	if err != nil {
		return nil, err
	}
	affected := make([]int64, len(rows))
	for i, row := range rows {
		result, err := prepared.ExecContext(ctx, row...)
		if err != nil {
			return nil, err
		}
		if affected[i], err = result.RowsAffected(); err != nil {
			return nil, err
		}
	}
	return affected, nil
}

func (sqlite) unavailable(err error) bool {
	if failure, ok := errors.AsType[*driver.Error](err); ok {
		// The low byte is the primary code, the rest a detail.
		return slices.Contains(sqliteUnavailable, failure.Code()&0xff)
	}
	_, ok := errors.AsType[*os.PathError](err)
	return ok || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}
