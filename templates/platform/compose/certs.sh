#!/usr/bin/env bash
# Makes the certificates that are missing, and gives to each node its own. Run by the service
# `certs` of compose.yaml, as root: each folder below /secrets is a volume.
set -euo pipefail

platform=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
made=$platform/security/secrets
# appuser of Kafka's image
kafka_user=1000

bash "$platform/security/certs.sh"
# As if they had been made on the host.
chown -R "$(stat -c %u:%g "$platform/security")" "$made"

for folder in /secrets/*; do
  name=$(basename "$folder")
  case $name in
    # For clients of any user: no secret.
    ca) install -m 444 "$made/ca.pem" "$folder/ca.pem" ;;
    dates) install -m 444 "$made/metrics/certificates.prom" "$folder/certificates.prom" ;;
    *)
      install -m 444 "$made/ca.pem" "$folder/ca.pem"
      install -m 400 -o "$kafka_user" "$made/$name.pem" "$folder/$name.pem"
      ;;
  esac
done
