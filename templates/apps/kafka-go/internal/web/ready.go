package web

import (
	"fmt"
	"net/http"
	"time"
)

// AskReady fails if the service at that address is not ready.
func AskReady(address string) error {
	client := http.Client{Timeout: 5 * time.Second}
	response, err := client.Get(address + "/health/ready")
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: HTTP %d", response.StatusCode)
	}
	return nil
}
