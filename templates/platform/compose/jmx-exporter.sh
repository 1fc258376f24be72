#!/usr/bin/env bash
# Gets the Java agent that publishes Kafka's metrics, which Kafka's image lacks, and checks
# that it is the one that was meant. Run by the service `jmx-exporter` of compose.yaml.
#
# ARTIFACT  Maven coordinates
# SHA256    of the jar
# JAR       where it is wanted
set -euo pipefail

is_right() { echo "$SHA256  $1" | sha256sum -c >/dev/null 2>&1; }

if [ -f "$JAR" ] && is_right "$JAR"; then
  exit 0
fi
work=$(mktemp -d)
mvn -q -B -ntp dependency:copy -Dartifact="$ARTIFACT" -DoutputDirectory="$work" -Dmdep.stripVersion=true || {
  echo "jmx-exporter.sh: Maven could not get $ARTIFACT; see the network of the containers, or a proxy" >&2
  exit 1
}
is_right "$work"/*.jar || {
  echo "jmx-exporter.sh: what Maven got for $ARTIFACT does not have the checksum $SHA256; refused" >&2
  exit 1
}
install -m 444 "$work"/*.jar "$JAR"
