#!/bin/bash
set -e
BOOT=${BOOT:-localhost:9092}
KAFKA="docker compose exec -T kafka"
TOPICS="orders payments"
for t in $TOPICS; do
  $KAFKA kafka-topics --bootstrap-server "$BOOT" --create --if-not-exists --topic "$t" \
    --partitions 6 --replication-factor 1 --config retention.ms=1000 --config "cleanup.policy=compact"
done
create_topic() {
  local name=$1 parts=${2:-3}
  /opt/kafka/bin/kafka-topics.sh --zookeeper zk:2181 --create --topic "$name" --partitions $parts --replication-factor 3
}
create_topic audit 12
create_topic logs
TOPIC_LIST=("a:1" "b:2")
for entry in "${TOPIC_LIST[@]}"; do
  IFS=":" read -r n p <<< "$entry"
  docker exec broker bash -c "kafka-topics --create --topic $n --partitions ${p} --replication-factor 1"
  kafka-topics --create --topic "${entry%%:*}-dlq" --partitions ${entry##*:}
done
docker exec -i kafka bash <<'EOF'
kafka-configs.sh --alter --entity-type topics --entity-name orders --add-config 'retention.ms=5,cleanup.policy=[compact,delete]'
EOF
curl -s -X POST -H "Content-Type: application/json" http://localhost:8083/connectors -d '{
  "name": "pg",
  "config": {"connector.class": "io.debezium.connector.postgresql.PostgresConnector", "tasks.max": 1,
   "database.password": "'"$PW"'"}
}'
cat <<EOF | curl -X PUT --data @- http://connect:8083/connectors/s/config
{"connector.class": "x.FooSink", "topics": "$TOPICS", "a": "b"}
EOF
"$KAFKA_HOME"/bin/kafka-acls.sh "$@"
if [ "$1" = big ]; then PARTITIONS=24; else PARTITIONS=6; fi
kafka-topics --create --topic sized --partitions $PARTITIONS
while read -r name; do kafka-topics --create --topic "$name"; done < topics.txt
echo "kafka-topics --create --topic said"
kafka() {
  local tool=$1
  shift
  "$KAFKA_HOME/bin/$tool.sh" --bootstrap-server "$BOOT" "$@"
}
kafka kafka-topics --create --topic shifted --partitions 2
declare -A SIZES=(["raw"]="10" ["users"]="5")
for one in "${SIZES[@]}" "${!SIZES[@]}"; do kafka-topics --create --topic "$one"; done
