package kafka

import (
	"context"
	"errors"
	"io"
	"math"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol"
	"github.com/segmentio/kafka-go/protocol/fetch"

	"example.com/platform-app/internal/record"
)

const (
	// As in the Java client: the longest that a broker keeps a request without records.
	fetchWait    = 500 * time.Millisecond
	fetchTimeout = 10 * time.Second
	// For one partition; the Java client's max.partition.fetch.bytes.
	pageBytes = 1 << 20
)

// page is what one request brought.
type page struct {
	partition record.Partition
	records   []record.Record
	// next is where the next page begins: behind the last record, also if that was none of ours.
	next int64
}

// read gets the next page of a partition. kafka-go's own Reader would be shorter, but returns the
// records of aborted transactions too. Here are the ones that read_committed promises, and no others.
func (c *client) read(ctx context.Context, partition record.Partition, from int64) (page, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	answer, err := c.transport.RoundTrip(ctx, c.Addr, &fetch.Request{
		ReplicaID:      -1,
		MaxWaitTime:    int32(fetchWait.Milliseconds()),
		MinBytes:       1,
		MaxBytes:       pageBytes,
		IsolationLevel: int8(kafka.ReadCommitted),
		// No session: each request says all that it wants.
		SessionEpoch: -1,
		Topics: []fetch.RequestTopic{{Topic: partition.Topic, Partitions: []fetch.RequestPartition{{
			Partition: partition.Number, CurrentLeaderEpoch: -1, FetchOffset: from, LogStartOffset: -1,
			PartitionMaxBytes: pageBytes,
		}}}},
	})
	if err != nil {
		return page{}, err
	}
	topics := answer.(*fetch.Response).Topics
	if len(topics) == 0 || len(topics[0].Partitions) == 0 {
		return page{}, errors.New("the answer has no partition")
	}
	answered := topics[0].Partitions[0]
	if answered.ErrorCode != 0 {
		return page{}, kafka.Error(answered.ErrorCode)
	}
	return committed(partition, from, answered)
}

// committed leaves out what a transaction wrote that was aborted. The broker names those, and where
// each of them began; its mark ends it.
func committed(partition record.Partition, from int64, answer fetch.ResponsePartition) (page, error) {
	read := page{partition: partition, next: from}
	batches, some := answer.RecordSet.Records.(*protocol.RecordStream)
	if !some {
		return read, nil
	}
	aborted := newAborted(answer.AbortedTransactions)
	for _, one := range batches.Records {
		skip := false
		switch batch := one.(type) {
		case *protocol.ControlBatch:
			aborted.end(batch.ProducerID, batch.BaseOffset)
			skip = true
		case *protocol.RecordBatch:
			skip = batch.Attributes.Transactional() && aborted.wrote(batch.ProducerID, batch.BaseOffset)
		}
		if err := read.add(one, skip); err != nil {
			return page{}, err
		}
	}
	if read.next == from {
		// The records from here to the end of the batch are gone (compaction), and kafka-go doesn't say
		// where it ends.
		read.next++
	}
	return read, nil
}

func (p *page) add(batch protocol.RecordReader, skip bool) error {
	for {
		one, err := batch.ReadRecord()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		incoming, err := incoming(p.partition, one)
		if err != nil {
			return err
		}
		// A batch begins where it was written, which may be before where we go on.
		if incoming.Offset < p.next {
			continue
		}
		p.next = incoming.Offset + 1
		if !skip {
			p.records = append(p.records, incoming)
		}
	}
}

// aborted has, for each producer, where its aborted transactions began, the next one first.
type aborted map[int64][]int64

func newAborted(transactions []fetch.ResponseTransaction) aborted {
	made := aborted{}
	for _, one := range transactions {
		made[one.ProducerID] = append(made[one.ProducerID], one.FirstOffset)
	}
	return made
}

func (a aborted) wrote(producer, offset int64) bool {
	return a.first(producer) <= offset
}

// end is the mark of the producer's transaction, whether committed or aborted. Only an aborted one is
// on the list, and has begun by then.
func (a aborted) end(producer, offset int64) {
	if a.wrote(producer, offset) {
		a[producer] = a[producer][1:]
	}
}

func (a aborted) first(producer int64) int64 {
	if begun := a[producer]; len(begun) > 0 {
		return begun[0]
	}
	return math.MaxInt64
}

func incoming(partition record.Partition, read *protocol.Record) (record.Record, error) {
	key, err := contents(read.Key)
	if err != nil {
		return record.Record{}, err
	}
	value, err := contents(read.Value)
	if err != nil {
		return record.Record{}, err
	}
	headers := make(record.Headers, len(read.Headers))
	for i, header := range read.Headers {
		headers[i] = record.Header{Name: header.Key, Value: header.Value}
	}
	return record.Record{
		Partition: partition, Offset: read.Offset, Timestamp: read.Time, Key: key, Value: value, Headers: headers,
	}, nil
}

// contents copies, and gives the client's page back.
func contents(of protocol.Bytes) ([]byte, error) {
	if of == nil {
		return nil, nil
	}
	defer of.Close()
	return protocol.ReadAll(of)
}
