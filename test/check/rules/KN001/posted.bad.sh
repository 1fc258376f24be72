#!/bin/sh
curl -s -X POST -H 'Content-Type: application/json' http://localhost:8083/connectors -d @- <<'EOF'
{
  "name": "to-lake",
  "config": {
    "connector.class": "com.example.LakeSink",
    "topics": "orders",
    "#": "expect KN001",
    "errors.tolerance": "all"
  }
}
EOF
