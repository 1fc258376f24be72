#!/usr/bin/env bash
# The part of Kafka's own script of this name that matters under systemd: the same
# variables, with the same meaning and defaults.
base_dir=$(dirname "$0")/..
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
if [ "$1" = -name ]; then
  gc_log=(-Xlog:gc*:file="$LOG_DIR/$2-gc.log:time,tags:filecount=10,filesize=100M")
  shift 3
fi
# shellcheck disable=SC2086
exec "$java" ${KAFKA_HEAP_OPTS:--Xmx256M} ${KAFKA_JVM_PERFORMANCE_OPTS:--XX:+UseSerialGC -XX:TieredStopAtLevel=1} "${gc_log[@]}" \
  -Dkafka.logs.dir="${LOG_DIR:-$base_dir/logs}" ${KAFKA_LOG4J_OPTS:--Dlog4j2.configurationFile=$base_dir/config/tools-log4j2.yaml} \
  -cp "$base_dir/libs/*" $KAFKA_OPTS "$@"
