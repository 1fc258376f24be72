// Package replay sends dead letters to their topic again.
package replay

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/platform-app/internal/cluster"
	"example.com/platform-app/internal/process"
	"example.com/platform-app/internal/record"
)

// Options are those of the command line.
type Options struct {
	// Limit is how many records are sent at most; 0 for all of them.
	Limit  int
	DryRun bool
}

// ParseOptions reads the command line.
func ParseOptions(arguments []string) (Options, error) {
	var options Options
	flags := flag.NewFlagSet("replay", flag.ContinueOnError)
	flags.Func("limit", "send at most this many (without it, all)", func(text string) (err error) {
		if options.Limit, err = strconv.Atoi(text); err != nil || options.Limit < 1 {
			return errors.New("must be a whole number, at least 1")
		}
		return nil
	})
	flags.BoolVar(&options.DryRun, "dry-run", false, "write and commit nothing")
	if err := flags.Parse(arguments); err != nil {
		return options, err
	}
	if flags.NArg() > 0 {
		return options, errors.New("no such argument: " + flags.Arg(0))
	}
	return options, nil
}

// replayedFrom says where a dead letter stood.
const replayedFrom = "replayed-from"

// Topic is the dead letter topic, as the client library offers it.
type Topic interface {
	// Next returns records from where the last replay ended to what was the end at the start; none
	// when there are no more.
	Next(ctx context.Context, max int) ([]record.Record, error)
	// Send returns when all in-sync replicas have the records, or with an error for each of them.
	Send(ctx context.Context, out []record.Outgoing) []error
	// Commit says where the next replay begins.
	Commit(ctx context.Context, offsets map[record.Partition]int64) error
}

const (
	// What is acknowledged is committed every so often: a replay that is broken off repeats no more.
	batchSize = 100
	// How much longer than the signal the batch under way may take.
	grace         = 5 * time.Second
	commitTimeout = 5 * time.Second
)

// Run sends the dead letters of a topic to it again.
func Run(ctx context.Context, from Topic, to string, options Options, log *slog.Logger) error {
	run := replay{from: from, to: to, options: options, log: log}
	return run.ended(run.all(ctx))
}

// NotBegun is for a topic that could not be opened. Without brokers, it ends as any other replay.
func NotBegun(err error, options Options, log *slog.Logger) error {
	if _, none := errors.AsType[*cluster.NoBroker](err); !none {
		return err
	}
	run := replay{options: options, log: log}
	return run.ended(err)
}

type replay struct {
	from    Topic
	to      string
	options Options
	log     *slog.Logger

	replayed, skipped int
}

// ended: the last line says what was done, also of a replay that failed half-way.
func (r *replay) ended(err error) error {
	if err != nil {
		r.log.Error("Replay broke off: " + err.Error())
	}
	r.log.Info("Replay is done.", "replayed", r.replayed, "skipped", r.skipped, "dryRun", r.options.DryRun)
	if err != nil {
		return process.Told(err)
	}
	return nil
}

// all ends with a signal, too: what isn't sent by then is where the next replay begins.
func (r *replay) all(ctx context.Context) error {
	for ctx.Err() == nil && r.left() > 0 {
		letters, err := r.from.Next(ctx, batchSize)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil || len(letters) == 0 {
			return err
		}
		if err := r.batch(ctx, r.withinLimit(letters)); err != nil {
			return err
		}
	}
	return nil
}

func (r *replay) left() int {
	if r.options.Limit == 0 {
		return math.MaxInt
	}
	return r.options.Limit - r.replayed
}

// withinLimit ends before the first that may not be sent any more; those to skip cost nothing.
func (r *replay) withinLimit(letters []record.Record) []record.Record {
	left := r.left()
	for i, letter := range letters {
		if r.isOurs(letter) {
			left--
		}
		if left < 0 {
			return letters[:i]
		}
	}
	return letters
}

// isOurs: several topics may share one dead letter topic.
func (r *replay) isOurs(letter record.Record) bool {
	original, _ := letter.Headers.Text(record.OriginalTopic)
	return original == r.to
}

func (r *replay) batch(ctx context.Context, letters []record.Record) error {
	ours := slices.DeleteFunc(slices.Clone(letters), func(letter record.Record) bool { return !r.isOurs(letter) })
	r.skipped += len(letters) - len(ours)
	if r.options.DryRun {
		for _, letter := range ours {
			r.log.Info("Would be sent again.", letter.Where()...)
		}
		r.replayed += len(ours)
		return nil
	}
	failed, err := r.send(ctx, ours)
	if done := ends(letters, failed); len(done) > 0 {
		// Also after a signal: what is acknowledged must not be sent once more.
		committing, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTimeout)
		defer cancel()
		err = errors.Join(err, r.from.Commit(committing, done))
	}
	return err
}

// send returns the first record of each partition that was not written.
func (r *replay) send(ctx context.Context, letters []record.Record) (failed map[record.Partition]int64, err error) {
	// A signal doesn't break off what is under way. Brokers that are away don't hold the stop up.
	ctx, cancel := outlasting(ctx, grace)
	defer cancel()
	out := make([]record.Outgoing, len(letters))
	for i, letter := range letters {
		out[i] = again(letter, r.to)
	}
	failed = map[record.Partition]int64{}
	for i, failure := range r.from.Send(ctx, out) {
		if failure == nil {
			r.replayed++
			continue
		}
		if ctx.Err() == nil {
			err = errors.New("a record could not be written")
		}
		r.log.Error("Dead letter not sent: "+failure.Error(), letters[i].Where()...)
		if _, earlier := failed[letters[i].Partition]; !earlier {
			failed[letters[i].Partition] = letters[i].Offset
		}
	}
	return failed, err
}

// ends is where the next replay begins: behind what was read, or at the first that failed.
func ends(letters []record.Record, failed map[record.Partition]int64) map[record.Partition]int64 {
	done := map[record.Partition]int64{}
	for _, letter := range letters {
		if first, stuck := failed[letter.Partition]; !stuck || letter.Offset < first {
			done[letter.Partition] = letter.Offset + 1
		}
	}
	return done
}

// again is the record as it was, and where it comes from now.
func again(letter record.Record, topic string) record.Outgoing {
	headers := slices.DeleteFunc(slices.Clone(letter.Headers), func(h record.Header) bool {
		return strings.HasPrefix(h.Name, record.Prefix) || h.Name == replayedFrom
	})
	origin := fmt.Sprintf("%s/%d/%d", letter.Topic, letter.Number, letter.Offset)
	return record.Outgoing{
		Topic: topic, Key: letter.Key, Value: letter.Value,
		Headers: append(headers, record.Header{Name: replayedFrom, Value: []byte(origin)}),
	}
}

// outlasting ends so much later than its parent.
func outlasting(parent context.Context, grace time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(parent))
	stop := context.AfterFunc(parent, func() { time.AfterFunc(grace, cancel) })
	return ctx, func() {
		stop()
		cancel()
	}
}
