#!/usr/bin/env bash
# Once, before the first start: an authority of the cluster's own and one certificate for each node, in ./certs.
# ca.crt goes to the machines of the site (SEARCH_CA_CERTS); ca.key is needed only to make more, keep it elsewhere.
set -euo pipefail
cd "$(dirname "$0")"
[ ! -e certs ] || { echo "certs/ is there already."; exit 1; }
mkdir -m 0750 certs certs/ca
openssl req -x509 -newkey rsa:3072 -nodes -days 3650 -subj "/CN=prachakhom elasticsearch" \
  -keyout certs/ca/ca.key -out certs/ca/ca.crt 2>/dev/null
for node in es1 es2 es3; do
  mkdir -m 0750 "certs/$node"
  openssl req -newkey rsa:3072 -nodes -subj "/CN=$node" -keyout "certs/$node/$node.key" -out "certs/$node/$node.csr" 2>/dev/null
  openssl x509 -req -days 825 -CA certs/ca/ca.crt -CAkey certs/ca/ca.key -CAcreateserial -in "certs/$node/$node.csr" \
    -extfile <(echo "subjectAltName=DNS:$node,DNS:localhost,IP:127.0.0.1") -out "certs/$node/$node.crt" 2>/dev/null
  rm "certs/$node/$node.csr"
done
# The containers read them as user 1000, group 0.
chmod -R g+rX certs
chmod 0600 certs/ca/ca.key
echo "Made certs/. Next: docker compose up -d"
