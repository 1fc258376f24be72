package settings

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"os"
	"strconv"
	"strings"
)

// Kafka is how the brokers are reached.
type Kafka struct {
	ClientID string
	Brokers  []string
	// TLS is nil without security.
	TLS *TLS
	// Login is nil when the brokers don't ask who we are, or know it from our certificate.
	Login Login
}

// TLS has files for clients that want files, and the same contents for those that want contents.
type TLS struct {
	CAFile          string
	CertificateFile string
	KeyFile         string

	CAPEM []byte
	CAs   *x509.CertPool
	// Certificates has ours, for brokers that ask for it.
	Certificates []tls.Certificate
}

// Login is Scram or OAuth.
type Login interface {
	login()
}

// Scram is a user with a password.
type Scram struct {
	Username string
	Password string
}

// OAuth is a client that gets its tokens from an OIDC provider.
type OAuth struct {
	TokenURL     string
	ClientID     string
	ClientSecret string
	Scope        string
}

func (Scram) login() {}
func (OAuth) login() {}

func (r *reader) kafka(clientID string) Kafka {
	kafka := Kafka{ClientID: clientID, Brokers: r.brokers("KAFKA_BOOTSTRAP_SERVERS")}
	switch r.oneOf("KAFKA_SECURITY_PROTOCOL", "PLAINTEXT", "SASL_SSL", "SSL") {
	case "SASL_SSL":
		kafka.TLS = r.authorities("KAFKA_SSL_CA_FILE")
		kafka.Login = r.login()
	case "SSL":
		kafka.TLS = r.authorities("KAFKA_SSL_CA_FILE")
		r.certificate(kafka.TLS, "KAFKA_SSL_CERTIFICATE_FILE", "KAFKA_SSL_KEY_FILE")
	}
	return kafka
}

func (r *reader) login() Login {
	if r.oneOf("KAFKA_SASL_MECHANISM", "SCRAM-SHA-512", "OAUTHBEARER") == "OAUTHBEARER" {
		return OAuth{
			TokenURL:     r.required("KAFKA_OAUTH_TOKEN_URL"),
			ClientID:     r.required("KAFKA_OAUTH_CLIENT_ID"),
			ClientSecret: r.required("KAFKA_OAUTH_CLIENT_SECRET"),
			Scope:        r.environment("KAFKA_OAUTH_SCOPE"),
		}
	}
	return Scram{Username: r.required("KAFKA_SASL_USERNAME"), Password: r.required("KAFKA_SASL_PASSWORD")}
}

func (r *reader) brokers(name string) []string {
	var brokers []string
	for server := range strings.SplitSeq(r.required(name), ",") {
		server = strings.TrimSpace(server)
		host, port, err := net.SplitHostPort(server)
		if number, wrong := strconv.Atoi(port); err != nil || wrong != nil || host == "" || number < 1 || number > 65535 {
			r.fault(name, "must be host:port,host:port")
			return nil
		}
		brokers = append(brokers, server)
	}
	return brokers
}

func (r *reader) authorities(name string) *TLS {
	file := r.required(name)
	security := &TLS{CAFile: file, CAs: x509.NewCertPool()}
	if file == "" {
		return security
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		r.fault(name, "can't be read")
	} else if !security.CAs.AppendCertsFromPEM(pem) {
		r.fault(name, "must be a PEM file with a certificate")
	}
	security.CAPEM = pem
	return security
}

func (r *reader) certificate(security *TLS, certificateName, keyName string) {
	security.CertificateFile, security.KeyFile = r.required(certificateName), r.required(keyName)
	if security.CertificateFile == "" || security.KeyFile == "" {
		return
	}
	pair, err := tls.LoadX509KeyPair(security.CertificateFile, security.KeyFile)
	if err != nil {
		r.fault(certificateName+", "+keyName, "must be PEM files of a certificate and its key")
	}
	security.Certificates = []tls.Certificate{pair}
}
