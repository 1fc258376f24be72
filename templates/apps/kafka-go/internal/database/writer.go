package database

import (
	"context"
	"database/sql"
	"fmt"
)

// writer is one connection with its prepared statements. database/sql would prepare a statement
// again for each transaction, which costs more than running it; so transactions are begun in so
// many words here.
type writer struct {
	connection *sql.Conn
	prepared   map[string]*sql.Stmt
}

func newWriter(ctx context.Context, pool *sql.DB) (*writer, error) {
	connection, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &writer{connection: connection, prepared: map[string]*sql.Stmt{}}, nil
}

func (w *writer) transaction(ctx context.Context, dialect dialect, work func(*Tx) error) (err error) {
	if err := w.exec(ctx, dialect.beginWriting()); err != nil {
		return err
	}
	committed := false
	defer func() {
		if !committed {
			// The first error says what happened, not the one of the clean-up. Also after a panic.
			_ = w.exec(context.WithoutCancel(ctx), "ROLLBACK")
		}
	}()
	if err := work(&Tx{writer: w, dialect: dialect}); err != nil {
		return err
	}
	if err := w.exec(ctx, "COMMIT"); err != nil {
		return err
	}
	committed = true
	return nil
}

func (w *writer) exec(ctx context.Context, statement string) error {
	_, err := w.connection.ExecContext(ctx, statement)
	return err
}

func (w *writer) statement(ctx context.Context, statement string) (*sql.Stmt, error) {
	if prepared, ok := w.prepared[statement]; ok {
		return prepared, nil
	}
	prepared, err := w.connection.PrepareContext(ctx, statement)
	if err != nil {
		return nil, fmt.Errorf("preparing a statement: %w", err)
	}
	w.prepared[statement] = prepared
	return prepared, nil
}

func (w *writer) close() {
	for _, statement := range w.prepared {
		_ = statement.Close()
	}
	_ = w.connection.Close()
}
