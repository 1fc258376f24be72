package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// postgreSQL is for several consumers of one group.
type postgreSQL struct {
	url     string
	numbers sync.Map
}

// The classes of errors that say nothing against the event: connections, transactions rolled back
// (deadlocks), resources, locks, an operator's intervention, the system, log-in.
var postgreSQLUnavailable = []string{"08", "25", "28", "3D", "40", "53", "55", "57", "58"}

func (p *postgreSQL) open() (*sql.DB, error) {
	config, err := pgx.ParseConfig(p.url)
	if err != nil {
		return nil, err
	}
	config.ConnectTimeout = 5 * time.Second
	// A server that vanished without a word is noticed in seconds, not in hours.
	config.DialFunc = (&net.Dialer{KeepAliveConfig: net.KeepAliveConfig{
		Enable: true, Idle: 5 * time.Second, Interval: 2 * time.Second, Count: 3,
	}}).DialContext
	config.RuntimeParams["statement_timeout"] = "30000"
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(8)
	return pool, nil
}

func (*postgreSQL) beginWriting() string {
	return "BEGIN"
}

// Two consumers that start at once would collide in CREATE TABLE IF NOT EXISTS.
func (*postgreSQL) lockSchema() string {
	return "SELECT pg_advisory_xact_lock(4207849484)"
}

// sql numbers the placeholders: $1 instead of ?.
func (p *postgreSQL) sql(statement string) string {
	if numbered, ok := p.numbers.Load(statement); ok {
		return numbered.(string)
	}
	var numbered strings.Builder
	for i, part := range strings.Split(statement, "?") {
		if i > 0 {
			numbered.WriteString("$" + strconv.Itoa(i))
		}
		numbered.WriteString(part)
	}
	p.numbers.Store(statement, numbered.String())
	return numbered.String()
}

// execMany sends all rows before it reads the first answer.
func (*postgreSQL) execMany(
	ctx context.Context, writer *writer, statement string, rows [][]any,
) ([]int64, error) {
	affected := make([]int64, len(rows))
	err := writer.connection.Raw(func(connection any) error {
		var batch pgx.Batch
		for i, row := range rows {
			batch.Queue(statement, row...).Exec(func(tag pgconn.CommandTag) error {
				affected[i] = tag.RowsAffected()
				return nil
			})
		}
		return connection.(*stdlib.Conn).Conn().SendBatch(ctx, &batch).Close()
	})
	if err != nil {
		return nil, fmt.Errorf("writing %d rows: %w", len(rows), err)
	}
	return affected, nil
}

func (*postgreSQL) unavailable(err error) bool {
	if failure, ok := errors.AsType[*pgconn.PgError](err); ok {
		return slices.Contains(postgreSQLUnavailable, failure.Code[:2])
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	lost := []error{io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, driver.ErrBadConn, sql.ErrConnDone,
		context.Canceled, context.DeadlineExceeded}
	return pgconn.SafeToRetry(err) || slices.ContainsFunc(lost, func(one error) bool { return errors.Is(err, one) })
}
