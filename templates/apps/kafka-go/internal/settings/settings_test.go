package settings

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func environment(change map[string]string) Environment {
	variables := map[string]string{
		"KAFKA_BOOTSTRAP_SERVERS": "one:9092, two:9092", "KAFKA_TOPIC": "events", "KAFKA_GROUP_ID": "group",
		"KAFKA_DEAD_LETTER_TOPIC": "events.dlq", "KAFKA_OUTPUT_TOPIC": "derived", "KAFKA_TRANSACTIONAL_ID": "t-1",
	}
	for name, value := range change {
		variables[name] = value
	}
	return func(name string) string { return variables[name] }
}

// certificate writes a certificate and its key and returns their paths.
func certificate(t *testing.T) (certificateFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	write := func(name, kind string, bytes []byte) string {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: bytes}), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	return write("certificate.pem", "CERTIFICATE", der), write("key.pem", "PRIVATE KEY", keyDER)
}

func TestDefaultsAreThoseOfTheContract(t *testing.T) {
	producer, err := LoadProducer(environment(nil))
	if err != nil || producer.Name != "producer" || producer.HTTPPort != 8080 || producer.MaxInFlight != 10_000 ||
		producer.DeliveryTimeout != 30*time.Second || producer.Kafka.Brokers[1] != "two:9092" {
		t.Errorf("%+v, %v", producer, err)
	}
	consumer, err := LoadConsumer(environment(map[string]string{"HTTP_PORT": "", "LOG_LEVEL": "warning"}))
	if err != nil || consumer.HTTPPort != 8081 || consumer.MaxPollRecords != 500 || consumer.Protocol != Classic ||
		consumer.DatabaseURL != "sqlite:///data/store.db" || consumer.LogLevel != slog.LevelWarn {
		t.Errorf("%+v, %v", consumer, err)
	}
	transformer, err := LoadTransformer(environment(map[string]string{"KAFKA_GROUP_PROTOCOL": "consumer"}))
	if err != nil || transformer.HTTPPort != 8082 || transformer.Protocol != KIP848 || transformer.Common().Name != "transformer" {
		t.Errorf("%+v, %v", transformer, err)
	}
	if replay, err := LoadReplay(environment(nil)); err != nil || replay.GroupID != "group" {
		t.Errorf("%+v, %v", replay, err)
	}
}

func TestAllThatIsWrongIsNamedAtOnceAndNoValueIsShown(t *testing.T) {
	_, err := LoadConsumer(environment(map[string]string{
		"KAFKA_TOPIC": "", "KAFKA_BOOTSTRAP_SERVERS": "secret", "HTTP_PORT": "secret", "LOG_LEVEL": "secret",
		"DATABASE_URL": "mysql://secret", "MAX_POLL_RECORDS": "0", "KAFKA_SECURITY_PROTOCOL": "secret",
	}))
	for _, name := range []string{
		"KAFKA_TOPIC is required", "KAFKA_BOOTSTRAP_SERVERS", "HTTP_PORT", "LOG_LEVEL", "DATABASE_URL", "MAX_POLL_RECORDS",
		"KAFKA_SECURITY_PROTOCOL",
	} {
		if err == nil || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAServiceMayNotReadWhatItWrites(t *testing.T) {
	consumer := func(e Environment) error { _, err := LoadConsumer(e); return err }
	transformer := func(e Environment) error { _, err := LoadTransformer(e); return err }
	replay := func(e Environment) error { _, err := LoadReplay(e); return err }
	for _, one := range []struct {
		name string
		load func(Environment) error
	}{
		{"KAFKA_DEAD_LETTER_TOPIC", consumer},
		{"KAFKA_DEAD_LETTER_TOPIC", transformer},
		{"KAFKA_DEAD_LETTER_TOPIC", replay},
		{"KAFKA_OUTPUT_TOPIC", transformer},
	} {
		err := one.load(environment(map[string]string{one.name: " events"}))
		if err == nil || err.Error() != one.name+" must not be KAFKA_TOPIC" {
			t.Errorf("%s: %v", one.name, err)
		}
	}
}

func TestAnAddressThatNoDatabaseCanHaveIsAWrongSetting(t *testing.T) {
	for _, wrong := range []string{
		"postgresql://app:secret@db:port/app", "postgresql://app:secret@db/app?sslmode=perhaps", "sqlite:///",
		"sqlite://secret.db", "secret",
	} {
		_, err := LoadConsumer(environment(map[string]string{"DATABASE_URL": wrong}))
		if err == nil || !strings.Contains(err.Error(), "DATABASE_URL") || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", wrong, err)
		}
	}
	for _, right := range []string{"postgresql://app:secret@db:5432/app", "sqlite:////data/store.db"} {
		if _, err := LoadConsumer(environment(map[string]string{"DATABASE_URL": right})); err != nil {
			t.Errorf("%s: %v", right, err)
		}
	}
}

func TestSCRAMNeedsAUserAPasswordAndTheCA(t *testing.T) {
	ca, _ := certificate(t)
	_, err := LoadProducer(environment(map[string]string{"KAFKA_SECURITY_PROTOCOL": "SASL_SSL"}))
	for _, name := range []string{"KAFKA_SASL_USERNAME", "KAFKA_SASL_PASSWORD", "KAFKA_SSL_CA_FILE"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	producer, err := LoadProducer(environment(map[string]string{
		"KAFKA_SECURITY_PROTOCOL": "SASL_SSL", "KAFKA_SSL_CA_FILE": ca, "KAFKA_SASL_USERNAME": "ann", "KAFKA_SASL_PASSWORD": "p",
	}))
	if err != nil || producer.Kafka.Login != (Scram{"ann", "p"}) || producer.Kafka.TLS.CAFile != ca {
		t.Errorf("%+v, %v", producer.Kafka, err)
	}
}

func TestOAuthNeedsAnEndpointAndTheClientsCredentials(t *testing.T) {
	ca, _ := certificate(t)
	secured := map[string]string{
		"KAFKA_SECURITY_PROTOCOL": "SASL_SSL", "KAFKA_SASL_MECHANISM": "OAUTHBEARER", "KAFKA_SSL_CA_FILE": ca,
	}
	_, err := LoadProducer(environment(secured))
	for _, name := range []string{"KAFKA_OAUTH_TOKEN_URL", "KAFKA_OAUTH_CLIENT_ID", "KAFKA_OAUTH_CLIENT_SECRET"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
		secured[name] = "x"
	}
	producer, err := LoadProducer(environment(secured))
	if err != nil || producer.Kafka.Login != (OAuth{"x", "x", "x", ""}) {
		t.Errorf("%+v, %v", producer.Kafka, err)
	}
}

func TestMutualTLSNeedsACertificateWithItsKey(t *testing.T) {
	file, key := certificate(t)
	_, other := certificate(t)
	secured := func(ca, certificate, key string) Environment {
		return environment(map[string]string{
			"KAFKA_SECURITY_PROTOCOL": "SSL", "KAFKA_SSL_CA_FILE": ca,
			"KAFKA_SSL_CERTIFICATE_FILE": certificate, "KAFKA_SSL_KEY_FILE": key,
		})
	}
	producer, err := LoadProducer(secured(file, file, key))
	if err != nil || len(producer.Kafka.TLS.Certificates) != 1 || producer.Kafka.Login != nil {
		t.Errorf("%+v, %v", producer.Kafka, err)
	}
	for name, wrong := range map[string]Environment{
		"KAFKA_SSL_CERTIFICATE_FILE is required":    secured(file, "", key),
		"KAFKA_SSL_KEY_FILE":                        secured(file, file, other),
		"KAFKA_SSL_CA_FILE can't be read":           secured("/nowhere", file, key),
		"KAFKA_SSL_CA_FILE must be a PEM file with": secured(key, file, key),
	} {
		if _, err := LoadProducer(wrong); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
