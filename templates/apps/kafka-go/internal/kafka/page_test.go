package kafka

import (
	"slices"
	"testing"

	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol"
	"github.com/segmentio/kafka-go/protocol/fetch"

	"example.com/platform-app/internal/record"
)

// wrote is a batch of a producer with the given offsets.
func wrote(producer int64, attributes protocol.Attributes, offsets ...int64) *protocol.RecordBatch {
	var records []protocol.Record
	for _, offset := range offsets {
		records = append(records, protocol.Record{Offset: offset, Key: kafka.NewBytes([]byte("k"))})
	}
	return &protocol.RecordBatch{
		Attributes: attributes, ProducerID: producer, BaseOffset: offsets[0], Records: kafka.NewRecordReader(records...),
	}
}

func mark(producer, offset int64) *protocol.ControlBatch {
	return &protocol.ControlBatch{
		ProducerID: producer, BaseOffset: offset, Records: kafka.NewRecordReader(protocol.Record{Offset: offset}),
	}
}

func answer(aborted []fetch.ResponseTransaction, batches ...protocol.RecordReader) fetch.ResponsePartition {
	return fetch.ResponsePartition{
		AbortedTransactions: aborted,
		RecordSet:           protocol.RecordSet{Records: &protocol.RecordStream{Records: batches}},
	}
}

func offsetsOf(t *testing.T, from int64, answered fetch.ResponsePartition) (offsets []int64, next int64) {
	t.Helper()
	read, err := committed(record.Partition{Topic: "events"}, from, answered)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range read.records {
		offsets = append(offsets, one.Offset)
	}
	return offsets, read.next
}

func TestWhatATransactionWroteThatWasAbortedIsNotRead(t *testing.T) {
	offsets, next := offsetsOf(t, 0, answer(
		[]fetch.ResponseTransaction{{ProducerID: 7, FirstOffset: 4}},
		// The same producer commits, aborts, and commits; another one and one without transactions write between.
		wrote(7, protocol.Transactional, 0, 1), mark(7, 2), wrote(8, protocol.Transactional, 3),
		wrote(7, protocol.Transactional, 4, 5), wrote(7, 0, 6), wrote(7, protocol.Transactional, 7), mark(7, 8), mark(8, 9),
		wrote(7, protocol.Transactional, 10), mark(7, 11),
	))
	if !slices.Equal(offsets, []int64{0, 1, 3, 6, 10}) || next != 12 {
		t.Error(offsets, next)
	}
}

func TestRecordsBeforeTheOffsetThatWasAskedForAreLeftOut(t *testing.T) {
	offsets, next := offsetsOf(t, 2, answer(nil, wrote(-1, 0, 0, 1, 2, 3)))
	if !slices.Equal(offsets, []int64{2, 3}) || next != 4 {
		t.Error(offsets, next)
	}
}

func TestReadingGoesOnBehindRecordsThatCompactionRemoved(t *testing.T) {
	offsets, next := offsetsOf(t, 2, answer(nil, wrote(-1, 0, 0, 1)))
	if len(offsets) != 0 || next != 3 {
		t.Error(offsets, next)
	}
	if offsets, next := offsetsOf(t, 2, fetch.ResponsePartition{}); len(offsets) != 0 || next != 2 {
		t.Error("nothing new is no gap", offsets, next)
	}
}
