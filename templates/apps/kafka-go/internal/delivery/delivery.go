// Package delivery has what may become of a record that is written to Kafka.
package delivery

// Delivery says where a record is, once all in-sync replicas have it.
type Delivery struct {
	Topic     string `json:"topic"`
	Partition int32  `json:"partition"`
	Offset    int64  `json:"offset"`
}

// Reason is why a record was not delivered, in as far as a caller can act on it.
type Reason int

// The reasons. Whatever the client retries by itself ends as NotAcknowledged, after the delivery
// timeout: the record may have been written all the same.
const (
	NotAcknowledged Reason = iota
	TooLarge
	Unauthorised
	UnknownTopic
	QueueFull
)

// Failure is a record that was not delivered.
type Failure struct {
	Reason Reason
	// Detail is the client's own sentence, for the log.
	Detail string
	// Cause is the client's error, if it was one.
	Cause error
}

func (f *Failure) Error() string {
	return f.Detail
}

func (f *Failure) Unwrap() error {
	return f.Cause
}
