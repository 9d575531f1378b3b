#!/usr/bin/env bash
# Creates what infra/k8s-ha needs and no file may hold, in the namespace of the current context:
#   nats-users   a password for each user of the bus
#   nats-tls     a certificate for its members, from an authority whose key is forgotten; not made with --without-tls,
#                for when cert-manager makes it (the component cert-manager)
# A secret that exists is left as it is: delete it first to make it anew, then restart the StatefulSet nats and the services.
set -euo pipefail

exists() { kubectl get secret "$1" >/dev/null 2>&1 && echo "secret/$1 exists"; }
labelled() { kubectl label secret "$1" app.kubernetes.io/part-of=ticketing >/dev/null; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 077

if ! exists nats-users; then
  # They begin with a letter: the servers' configuration would read some of the others as numbers.
  for user in auth tickets orders payments expiration admin sys; do
    printf 'p%s' "$(openssl rand -hex 24)" >"$work/$user"
  done
  kubectl create secret generic nats-users $(for user in auth tickets orders payments expiration admin sys; do
    echo "--from-file=$user=$work/$user"
  done)
  labelled nats-users
fi

if [ "${1:-}" != --without-tls ] && ! exists nats-tls; then
  names=DNS:nats,DNS:nats-0.nats,DNS:nats-1.nats,DNS:nats-2.nats,DNS:localhost
  cd "$work"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=ticketing-nats-ca \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign -keyout ca.key -out ca.crt 2>/dev/null
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=nats -keyout tls.key -out tls.csr 2>/dev/null
  printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$names" >extensions
  openssl x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -extfile extensions -out tls.crt 2>/dev/null
  kubectl create secret generic nats-tls --type=kubernetes.io/tls --from-file=ca.crt --from-file=tls.crt --from-file=tls.key
  labelled nats-tls
fi
