package database

import (
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

func TestPostgreSQLNumbersThePlaceholders(t *testing.T) {
	dialect := dialectOf("postgresql://app@localhost/app")
	for range 2 {
		if got := dialect.sql("SELECT ? FROM notes WHERE a = ?"); got != "SELECT $1 FROM notes WHERE a = $2" {
			t.Error(got)
		}
	}
}

func TestOnPostgreSQLOnlySomeErrorsAreTheEventsFault(t *testing.T) {
	dialect := dialectOf("postgresql://app@localhost/app")
	for code, away := range map[string]bool{
		"57P01": true, "40P01": true, "53300": true, "08006": true, "22021": false, "23505": false, "42601": false,
	} {
		if got := dialect.unavailable(fmt.Errorf("writing: %w", &pgconn.PgError{Code: code})); got != away {
			t.Errorf("%s: %v", code, got)
		}
	}
	if !dialect.unavailable(fmt.Errorf("reading: %w", io.ErrUnexpectedEOF)) || dialect.unavailable(errors.New("a bug")) {
		t.Error("lost connections and bugs are told apart")
	}
}

func TestAPostgreSQLThatIsNotThereIsUnavailable(t *testing.T) {
	absent := New("postgresql://app@127.0.0.1:1/app?sslmode=disable")
	err := absent.Write(t.Context(), func(*Tx) error { return nil })
	if _, away := errors.AsType[*Unavailable](err); !away {
		t.Error(err)
	}
}

func TestALockedSQLiteFileIsUnavailableAndAWrongStatementIsNot(t *testing.T) {
	url := "sqlite:///" + t.TempDir() + "/store.db"
	table := "CREATE TABLE IF NOT EXISTS notes (text TEXT)"
	ours, theirs := New(url, table), New(url, table)
	t.Cleanup(func() { _, _ = ours.Close(), theirs.Close() })
	err := ours.Write(t.Context(), func(tx *Tx) error { return tx.Exec(t.Context(), "INSERT INTO letters VALUES (?)", "a") })
	if _, away := errors.AsType[*Unavailable](err); err == nil || away {
		t.Error(err)
	}
	began := time.Now()
	err = theirs.Write(t.Context(), func(*Tx) error {
		return ours.Write(t.Context(), func(*Tx) error { return nil })
	})
	if _, away := errors.AsType[*Unavailable](err); !away {
		t.Error(err)
	}
	if waited := time.Since(began); waited > 3*time.Second {
		t.Errorf("whoever polls was held up for %s", waited)
	}
}
