package database

import "context"

// Tx is a transaction that writes. It ends with the function that it was given to.
type Tx struct {
	writer  *writer
	dialect dialect
}

// Exec runs one statement.
func (t *Tx) Exec(ctx context.Context, statement string, values ...any) error {
	_, err := t.ExecMany(ctx, statement, [][]any{values})
	return err
}

// ExecMany runs the statement for each row, in order, and returns how many rows each affected. On
// PostgreSQL it doesn't wait for each answer.
func (t *Tx) ExecMany(ctx context.Context, statement string, rows [][]any) ([]int64, error) {
	return t.dialect.execMany(ctx, t.writer, t.dialect.sql(statement), rows)
}

// Savepoint undoes what fails inside; the transaction goes on without it.
func (t *Tx) Savepoint(ctx context.Context, work func() error) error {
	if err := t.writer.exec(ctx, "SAVEPOINT one_event"); err != nil {
		return err
	}
	if err := work(); err != nil {
		if undo := t.writer.exec(ctx, "ROLLBACK TO SAVEPOINT one_event"); undo != nil {
			// The connection is lost, or the whole transaction: no event's fault.
			return undo
		}
		return err
	}
	return t.writer.exec(ctx, "RELEASE SAVEPOINT one_event")
}
