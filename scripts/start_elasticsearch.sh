# Sourced: starts a throw-away Elasticsearch node and sets ELASTICSEARCH_URL; stop_elasticsearch ends it.
# Tests that need more nodes put them together from the parts in ELASTICSEARCH_DIR.
export ELASTICSEARCH_DIR=${ELASTICSEARCH_DIR:-$(mktemp -d /tmp/prachakhom-elasticsearch.XXXXXX)}
elasticsearch_port=${ELASTICSEARCH_PORT:-59200}
tests/elasticsearch/node.sh "$ELASTICSEARCH_DIR" "$elasticsearch_port" "$((elasticsearch_port + 100))" >"$ELASTICSEARCH_DIR.log" 2>&1 &
elasticsearch_pid=$!
export ELASTICSEARCH_URL="http://127.0.0.1:$elasticsearch_port"
for _ in $(seq 180); do
  curl -sf "$ELASTICSEARCH_URL/_cluster/health?wait_for_status=yellow&timeout=5s" >/dev/null && break
  kill -0 "$elasticsearch_pid" 2>/dev/null || { cat "$ELASTICSEARCH_DIR.log"; exit 1; }
  sleep 1
done
stop_elasticsearch() { kill "$elasticsearch_pid" 2>/dev/null || true; wait "$elasticsearch_pid" 2>/dev/null || true; }
