#!/bin/bash
# The variables of Kafka's own script of this name that a container uses, with the same
# meaning and the same defaults.
base_dir=$(dirname "$0")/..
log_dir=${LOG_DIR:-$base_dir/logs}
gc_log=()
if [ "$1" = -name ]; then
  gc_log=("-Xlog:gc*:file=$log_dir/$2-gc.log:time,tags:filecount=10,filesize=100M")
  shift 3
fi
if [ -n "$KAFKA_LOG4J_OPTS" ]; then
  mkdir -p "$log_dir"
else
  KAFKA_LOG4J_OPTS=-Dlog4j2.configurationFile=$base_dir/config/tools-log4j2.yaml
fi
# shellcheck disable=SC2086
exec "$JAVA_HOME/bin/java" ${KAFKA_HEAP_OPTS:--Xmx256M} \
  ${KAFKA_JVM_PERFORMANCE_OPTS:--server -XX:+UseG1GC -XX:MaxGCPauseMillis=20 -XX:InitiatingHeapOccupancyPercent=35 -XX:+ExplicitGCInvokesConcurrent -Djava.awt.headless=true} \
  ${KAFKA_GC_LOG_OPTS:-"${gc_log[@]}"} -Dkafka.logs.dir="$log_dir" $KAFKA_LOG4J_OPTS \
  -cp "$base_dir/libs/*" $KAFKA_OPTS "$@"
